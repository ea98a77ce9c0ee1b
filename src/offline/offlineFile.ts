/** One file that the app needs with the server gone. The build writes the list of them into the service worker. */
export interface OfflineFile {
  /** Relative to the page, with forward slashes; the page itself is the empty address. */
  url: string;
  bytes: number;
  /** Of the content, in hexadecimal: tells a new file from one that is already here, and a whole file from a damaged one. */
  sha256: string;
}
