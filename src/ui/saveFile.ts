/** Gives the person a file that was made on this device. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  // The browser has taken the address by now; it is freed a moment later, for those that take their time.
  setTimeout(() => URL.revokeObjectURL(url), 1_000);
}
