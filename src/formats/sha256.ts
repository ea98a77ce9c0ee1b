/** SHA-256 through WebCrypto, which pages (over HTTPS or on localhost), workers and Node all have. */

/** The digest of `bytes` as 64 hexadecimal digits in lower case. */
export async function sha256Hex(bytes: Uint8Array): Promise<string> {
  // The copy is what WebCrypto's types ask for: it takes no shared memory.
  const digest = await crypto.subtle.digest('SHA-256', new Uint8Array(bytes));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
