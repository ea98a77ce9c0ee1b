/** A callback for one call to a worker. */
import { proxy, type ProxyMarked } from 'comlink';

/**
 * Hands `listener` to a call over comlink and hears it until the call has settled, never after. The callback has a port of its own, and the
 * browser keeps order within a port only: a last "saving" can arrive when the answer, or the error, is already here, and would undo
 * what was made of it.
 */
export async function hear<Args extends unknown[], T>(
  listener: (...args: Args) => void,
  call: (heard: ((...args: Args) => void) & ProxyMarked) => Promise<T>,
): Promise<T> {
  let open = true;
  const whileOpen = (...args: Args) => {
    if (open) listener(...args);
  };
  try {
    return await call(proxy(whileOpen));
  } finally {
    open = false;
  }
}
