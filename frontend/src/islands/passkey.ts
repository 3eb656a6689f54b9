/**
 * A form whose answer is a passkey: one tap, finger or face, sent.
 *
 *   <form data-island="passkey" data-props="passkey-props" method="post">
 *     {"verb": "get", "ask": "/…/", "words": {…}} or {"verb": "create", "options": {…}, …}
 *     <input type="hidden" name="credential">
 *     <button type="submit" disabled>…</button>
 *     <p data-said role="status" hidden></p>
 *   </form>
 */
import { part } from "../lib/part";
import { createPasskey, usePasskey } from "../lib/webauthn";

type Options = { publicKey: Record<string, unknown> };
type Words = { failed: string; missing: string };
type Props = { verb: "create" | "get"; options?: Options; ask?: string; words: Words };

async function asked(address: string): Promise<Options> {
  const answer = await fetch(address, { headers: { Accept: "application/json" } });
  if (!answer.ok) throw new Error(`no passkey options: ${answer.status}`);
  const { request_options } = (await answer.json()) as { request_options: Options };
  return request_options;
}

export function mount(root: HTMLElement, { verb, options, ask, words }: Props): () => void {
  const form = root as HTMLFormElement;
  const credential = part<HTMLInputElement>(root, "input[name=credential]");
  const button = part<HTMLButtonElement>(root, "button[type=submit]");
  const said = part(root, "[data-said]");

  function say(sentence: string): void {
    said.textContent = sentence;
    said.hidden = sentence === "";
  }

  async function run(): Promise<void> {
    button.disabled = true;
    say("");
    try {
      const wanted = options ?? (await asked(ask ?? ""));
      const use = verb === "create" ? createPasskey : usePasskey;
      credential.value = JSON.stringify(await use(wanted.publicKey));
      form.submit();
    } catch {
      button.disabled = false;
      say(words.failed);
    }
  }

  function act(event: Event): void {
    event.preventDefault();
    void run();
  }

  const isKnown = "credentials" in navigator && Boolean(window.PublicKeyCredential);
  if (!isKnown) say(words.missing);
  form.addEventListener("submit", act);
  button.disabled = !isKnown; // it came disabled: pressed before, it would send nothing
  return () => form.removeEventListener("submit", act);
}
