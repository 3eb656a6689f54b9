import { beforeEach, expect, it, vi } from "vitest";
import { isFree } from "../src/lib/leaving";
import { canPush, checkSubscription, digest } from "../src/lib/push";

type Sent = { method: string; address: string; body: Record<string, unknown> };
const KEY = "AAEC";
const DAY = 86_400_000;

let held: { endpoint: string; options: object; toJSON(): object; unsubscribe: () => Promise<boolean> } | null;
let sent: Sent[];
let listed: { digest: string }[];
let permission: NotificationPermission;
const gone = vi.fn(async () => true);

function subscription(endpoint: string, key = [0, 1, 2]): NonNullable<typeof held> {
  const options = { applicationServerKey: new Uint8Array(key).buffer };
  return { endpoint, options, toJSON: () => ({ endpoint }), unsubscribe: gone };
}

async function answers(address: string, { method = "GET", body = "{}" } = {}): Promise<Response> {
  sent.push({ method, address, body: JSON.parse(body) as Record<string, unknown> });
  const said = address.endsWith("/key/") ? { key: KEY } : listed;
  return { ok: true, json: async () => said } as Response;
}

const record = (facts: object = {}): void =>
  localStorage.setItem("ll-push", JSON.stringify({ who: "bora", endpoint: "e1", at: Date.now(), ...facts }));
const kept = (): Record<string, unknown> | null => JSON.parse(localStorage.getItem("ll-push") ?? "null");
const posted = (): Sent[] => sent.filter((each) => each.method === "POST");

beforeEach(() => {
  localStorage.clear();
  [sent, listed, permission, held] = [[], [], "granted", subscription("e1")];
  gone.mockClear();
  const pushManager = {
    getSubscription: async () => held,
    subscribe: async () => (held = subscription("e2")),
  };
  Object.defineProperty(navigator, "serviceWorker", {
    configurable: true,
    value: { ready: Promise.resolve({ pushManager }) },
  });
  vi.stubGlobal("PushManager", class {});
  vi.stubGlobal("Notification", { get permission() { return permission; } });
  vi.stubGlobal("fetch", vi.fn(answers));
});

it("knows where it can, where it may not, and what an iPhone wants first", () => {
  expect(canPush()).toBe("yes");
  permission = "denied";
  expect(canPush()).toBe("blocked");
  const iphone = { navigator: { standalone: false } } as unknown as Window;
  expect(canPush(iphone)).toBe("install");
  expect(canPush({ navigator: {} } as unknown as Window)).toBe("no");
});

it("asks nothing where nobody ever agreed, or agreed a moment ago", async () => {
  await checkSubscription("bora");
  record();
  await checkSubscription("bora");
  expect(sent).toEqual([]);
});

it("says the address anew when the browser has another one", async () => {
  record({ endpoint: "e0" });
  await checkSubscription("bora");
  expect(posted()).toHaveLength(1);
  expect(kept()).toMatchObject({ who: "bora", endpoint: "e2" });
});

it("takes a new address when the server has another key", async () => {
  record({ at: Date.now() - DAY });
  held = subscription("e1", [9, 9, 9]);
  await checkSubscription("bora");
  expect(gone).toHaveBeenCalledOnce();
  expect(posted()[0]?.body).toEqual({ endpoint: "e2" });
});

it("subscribes again when the browser lost it", async () => {
  record();
  held = null;
  await checkSubscription("bora");
  expect(posted()).toHaveLength(1);
});

it("stays off when it was taken off the list elsewhere", async () => {
  record({ at: Date.now() - DAY });
  await checkSubscription("bora");
  expect(gone).toHaveBeenCalledOnce();
  expect(posted()).toEqual([]);
  expect(kept()).toBeNull();
});

it("looks once a day and goes on when it is still listed", async () => {
  record({ at: Date.now() - DAY });
  listed = [{ digest: await digest("e1") }];
  await checkSubscription("bora");
  expect(posted()).toHaveLength(1);
  sent = [];
  await checkSubscription("bora");
  expect(sent).toEqual([]);
});

it("comes back with who signs in again, and never with somebody else", async () => {
  record();
  await checkSubscription("");
  expect(kept()).toMatchObject({ at: 0 });
  await checkSubscription("bora");
  expect(posted()).toHaveLength(1);
  await checkSubscription("new neighbour");
  expect(gone).toHaveBeenCalledOnce();
  expect(kept()).toBeNull();
  expect(posted()).toHaveLength(1);
});

it("knows whether anything was begun on a page", () => {
  document.body.innerHTML = `<form><input type="hidden" value="x"><input name="a" value="1"><input type="checkbox" checked>
    <textarea>old</textarea><select><option>1</option><option selected>2</option></select></form>`;
  expect(isFree(document)).toBe(true);
  document.querySelector<HTMLInputElement>("[name=a]")!.value = "12";
  expect(isFree(document)).toBe(false);
  document.querySelector<HTMLInputElement>("[name=a]")!.value = "1";
  document.querySelector<HTMLSelectElement>("select")!.selectedIndex = 0;
  expect(isFree(document)).toBe(false);
});
