/**
 * A passphrase around a key. What is kept is sealed with a random key; that key is wrapped with one that is derived from the passphrase, by
 * PBKDF2 with SHA-256, slowly on purpose. So another passphrase needs the key wrapped anew and nothing else. Neither the passphrase nor the
 * key is kept anywhere: there is no way back without the passphrase.
 */
import * as v from 'valibot';
import { RecordError } from './errors.ts';
import { IV_BYTES, randomBytes, sealingParameters } from './sealing.ts';

/** As OWASP asks for PBKDF2 with SHA-256 (Password Storage Cheat Sheet, 2023). It is kept with each key, so it may grow. */
export const ITERATIONS = 600_000;
/** Whoever writes a file chooses the number; this is a few seconds at most. */
const MOST_ITERATIONS = 10_000_000;

const SALT_BYTES = 16;
/** 256 bits of key, and the 128 of the seal around them. */
const WRAPPED_BYTES = 48;

const bytes = (length: number) =>
  v.pipe(
    v.instance(Uint8Array<ArrayBuffer>),
    v.check((array) => array.length === length),
  );

/** A wrapped key, and what is needed beside the passphrase to unwrap it. Nothing in it is secret. */
export const wrappedKeySchema = v.strictObject({
  id: v.pipe(v.string(), v.uuid()),
  iterations: v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(MOST_ITERATIONS)),
  salt: bytes(SALT_BYTES),
  iv: bytes(IV_BYTES),
  wrapped: bytes(WRAPPED_BYTES),
});

export type WrappedKey = v.InferOutput<typeof wrappedKeySchema>;

const KEY = { name: 'AES-GCM', length: 256 };
const KEY_USES = ['encrypt', 'decrypt'] as const;

/** A new key under a passphrase. The key can be used, and never be read. */
export async function newKey(passphrase: string, iterations: number): Promise<{ wrapped: WrappedKey; key: CryptoKey }> {
  const readable = await crypto.subtle.generateKey(KEY, true, KEY_USES);
  const wrapped = await wrap(readable, passphrase, iterations, crypto.randomUUID());
  const raw = await crypto.subtle.exportKey('raw', readable);
  return { wrapped, key: await crypto.subtle.importKey('raw', raw, KEY, false, KEY_USES) };
}

/** Throws {@link RecordError} `wrong-passphrase`. The key can be used, and never be read. */
export function unwrapKey(wrapped: WrappedKey, passphrase: string): Promise<CryptoKey> {
  return unwrap(wrapped, passphrase, false);
}

/** The same key under another passphrase. Throws {@link RecordError} `wrong-passphrase`. */
export async function wrapAgain(wrapped: WrappedKey, former: string, next: string, iterations: number): Promise<WrappedKey> {
  return wrap(await unwrap(wrapped, former, true), next, iterations, wrapped.id);
}

async function wrap(key: CryptoKey, passphrase: string, iterations: number, id: string): Promise<WrappedKey> {
  const [salt, iv] = [randomBytes(SALT_BYTES), randomBytes(IV_BYTES)];
  const wrapping = await derive(passphrase, salt, iterations, 'wrapKey');
  const wrapped = new Uint8Array(await crypto.subtle.wrapKey('raw', key, wrapping, sealingParameters(iv, id)));
  return { id, iterations, salt, iv, wrapped };
}

async function unwrap({ id, iterations, salt, iv, wrapped }: WrappedKey, passphrase: string, readable: boolean) {
  const wrapping = await derive(passphrase, salt, iterations, 'unwrapKey');
  try {
    return await crypto.subtle.unwrapKey('raw', wrapped, wrapping, sealingParameters(iv, id), KEY, readable, KEY_USES);
  } catch (cause) {
    throw new RecordError(
      'wrong-passphrase',
      'This is not the passphrase. Try again; without it nobody can read what is locked.',
      { cause },
    );
  }
}

async function derive(passphrase: string, salt: Uint8Array<ArrayBuffer>, iterations: number, use: 'wrapKey' | 'unwrapKey') {
  // The same letters can be typed as different characters, depending on the keyboard.
  const text = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const base = await crypto.subtle.importKey('raw', text, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey({ name: 'PBKDF2', hash: 'SHA-256', salt, iterations }, base, KEY, false, [use]);
}
