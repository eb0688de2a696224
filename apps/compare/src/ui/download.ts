// Gives the reader a file that was made in the page.

/** Milliseconds until the file's memory is given back: browsers begin to read it a little after the click. */
const kept = 10_000;

export function download(name: string, type: string, held: string | Uint8Array<ArrayBuffer>): void {
  const url = URL.createObjectURL(new Blob([held], { type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), kept);
}
