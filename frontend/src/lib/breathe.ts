/** Lets taps and drawing come first before more work is done: long work in short pieces. */
export function breathe(): Promise<void> {
  return new Promise((go) => void setTimeout(go));
}
