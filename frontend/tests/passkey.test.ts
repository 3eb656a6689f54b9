import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

import { mount } from "../src/islands/passkey";
import { toBytes, toText } from "../src/lib/webauthn";

const words = { failed: "It did not work.", missing: "No passkeys here." };
const bytes = (text: string): ArrayBuffer => toBytes(btoa(text));

function form(): HTMLFormElement {
  document.body.innerHTML = `<form method="post"><input type="hidden" name="credential">
    <button type="submit" disabled>Go</button><p data-said hidden></p></form>`;
  return document.querySelector("form")!;
}

function answer(): object {
  return {
    id: "abc",
    rawId: bytes("abc"),
    type: "public-key",
    authenticatorAttachment: "platform",
    getClientExtensionResults: () => ({ credProps: { rk: true } }),
    response: { clientDataJSON: bytes("{}"), signature: bytes("s"), userHandle: null },
  };
}

function press(root: HTMLFormElement): void {
  root.dispatchEvent(new Event("submit", { cancelable: true }));
}

describe("a passkey form", () => {
  let root: HTMLFormElement;
  const credentials = { get: vi.fn(), create: vi.fn() };

  beforeEach(() => {
    root = form();
    root.submit = vi.fn();
    vi.stubGlobal("PublicKeyCredential", class {});
    Object.defineProperty(navigator, "credentials", { value: credentials, configurable: true });
    credentials.get.mockReset();
    credentials.create.mockReset();
  });
  afterEach(() => vi.unstubAllGlobals());

  it("can be pressed once it is alive", () => {
    mount(root, { verb: "get", words });
    expect(root.querySelector("button")!.disabled).toBe(false);
  });

  it("sends what the device signed", async () => {
    credentials.get.mockResolvedValue(answer());
    mount(root, { verb: "get", options: { publicKey: { challenge: "AQID" } }, words });
    press(root);
    await vi.waitFor(() => expect(root.submit).toHaveBeenCalled());
    const sent = JSON.parse(root.querySelector("input")!.value);
    expect(sent).toMatchObject({ id: "abc", response: { signature: toText(bytes("s")) } });
    expect(sent.response).not.toHaveProperty("userHandle");
  });

  it("asks for a key the device keeps and guards", async () => {
    credentials.create.mockResolvedValue(answer());
    const publicKey = { challenge: "AQID", user: { id: "MQ", name: "n", displayName: "n" } };
    mount(root, { verb: "create", options: { publicKey }, words });
    press(root);
    await vi.waitFor(() => expect(root.submit).toHaveBeenCalled());
    const asked = credentials.create.mock.calls[0]![0].publicKey;
    expect(asked.authenticatorSelection.residentKey).toBe("required");
    expect(asked.authenticatorSelection.userVerification).toBe("required");
    expect(new Uint8Array(asked.challenge)).toEqual(new Uint8Array([1, 2, 3]));
  });

  it("says so when it was cancelled, and can be tried again", async () => {
    credentials.get.mockRejectedValue(new DOMException("no", "NotAllowedError"));
    mount(root, { verb: "get", options: { publicKey: { challenge: "AQID" } }, words });
    press(root);
    await vi.waitFor(() => expect(root.querySelector("p")!.textContent).toBe(words.failed));
    expect(root.querySelector("button")!.disabled).toBe(false);
    expect(root.submit).not.toHaveBeenCalled();
  });

  it("says so where a browser knows no passkeys", () => {
    vi.stubGlobal("PublicKeyCredential", undefined);
    mount(root, { verb: "get", words });
    expect(root.querySelector("p")!.textContent).toBe(words.missing);
    expect(root.querySelector("button")!.disabled).toBe(true);
  });

  it("asks nothing more once it is let go", () => {
    mount(root, { verb: "get", options: { publicKey: { challenge: "AQID" } }, words })();
    press(root);
    expect(credentials.get).not.toHaveBeenCalled();
  });
});

it("turns bytes into base64url and back", () => {
  const all = Uint8Array.from({ length: 256 }, (_, n) => n);
  expect(toText(all.buffer)).not.toMatch(/[+/=]/);
  expect(new Uint8Array(toBytes(toText(all.buffer)))).toEqual(all);
});
