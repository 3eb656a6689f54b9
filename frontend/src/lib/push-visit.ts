/** On each visit, where notices were agreed to in this browser: does the address stand? */
export const RECORD = "ll-push";

/** Only who agreed loads what it takes. */
export async function checkPush(page: Document): Promise<void> {
  if (localStorage.getItem(RECORD) === null) return;
  const { checkSubscription } = await import("./push");
  await checkSubscription(page.documentElement.dataset.who ?? "");
}
