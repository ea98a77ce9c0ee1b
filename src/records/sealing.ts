/**
 * Sealing: what is under a passphrase can be neither read nor changed unseen. AES-256 in Galois/counter mode by the browser's WebCrypto, with
 * 96 random bits anew for each sealing; one key may seal 2³² times so (NIST SP 800-38D section 8.3), which no device does. The place of what
 * is sealed goes into the seal, so that two rows can't be exchanged. How much there is, and when it is written, stays visible.
 */
const ALGORITHM = 'AES-GCM';
export const IV_BYTES = 12;

interface Sealed {
  iv: Uint8Array<ArrayBuffer>;
  bytes: Uint8Array<ArrayBuffer>;
}

export function sealingParameters(iv: Uint8Array<ArrayBuffer>, place: string) {
  return { name: ALGORITHM, iv, additionalData: new TextEncoder().encode(place) };
}

export async function seal(key: CryptoKey, bytes: Uint8Array<ArrayBuffer>, place: string): Promise<Sealed> {
  const iv = randomBytes(IV_BYTES);
  return { iv, bytes: new Uint8Array(await crypto.subtle.encrypt(sealingParameters(iv, place), key, bytes)) };
}

/** What was sealed there with that key; null where it is anything else. */
export async function unseal(key: CryptoKey, { iv, bytes }: Sealed, place: string): Promise<Uint8Array<ArrayBuffer> | null> {
  try {
    return new Uint8Array(await crypto.subtle.decrypt(sealingParameters(iv, place), key, bytes));
  } catch {
    return null;
  }
}

export function randomBytes(length: number): Uint8Array<ArrayBuffer> {
  return crypto.getRandomValues(new Uint8Array(length));
}
