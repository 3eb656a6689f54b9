/** The socket of a page: opened again with patience, closed when nobody needs it. */
const FIRST_DELAY_MS = 1_000;
const LONGEST_DELAY_MS = 60_000;
const RENEW_AFTER_MS = 6 * 3_600_000; // channel layers forget who listens after a day
const SIGNED_OUT = 4401;

type Heard = { topic?: string; name?: string; spread_s?: number; listening?: string[]; refused?: string[] };

export type Ears = {
  topics(): string[];
  changed(topic: string, spreadMs: number): void;
  listening(topic: string): void;
  reopened(): void;
  ended(): void;
};

/** The wait before the next try: doubled each time, and never the same for two pages. */
export function delayMs(tries: number, chance: number = Math.random()): number {
  const most = Math.min(FIRST_DELAY_MS * 2 ** tries, LONGEST_DELAY_MS);
  return most * (0.5 + chance / 2);
}

function heard(data: unknown): Heard {
  try {
    return JSON.parse(String(data)) as Heard;
  } catch {
    return {};
  }
}

export class Line {
  #socket: WebSocket | null = null;
  #asked = "";
  #listening = new Set<string>();
  /** What the page shows and the socket will say nothing about. */
  refused: readonly string[] = [];
  #tries = 0;
  #waiting = 0;
  #wasOpen = false;
  #openedAt = 0;
  #isOver = false;

  constructor(
    private readonly address: string,
    private readonly ears: Ears,
  ) {}

  get isOpen(): boolean {
    return this.#socket !== null && this.#socket.readyState === WebSocket.OPEN;
  }

  open(): void {
    window.clearTimeout(this.#waiting);
    if (this.#socket || this.#isOver || !("WebSocket" in window) || !navigator.onLine) return;
    const socket = new WebSocket(this.address);
    this.#socket = socket;
    socket.addEventListener("open", () => this.#opened());
    socket.addEventListener("message", (event) => this.#hear(heard(event.data)));
    socket.addEventListener("close", (event) => {
      if (this.#socket !== socket) return; // hung up before, on purpose
      this.#socket = null;
      if (event.code === SIGNED_OUT) this.ears.ended();
      else this.#waiting = window.setTimeout(() => this.open(), delayMs(this.#tries++));
    });
  }

  /** Says which topics the page shows, when they are others than before. */
  listen(): void {
    const topics = this.ears.topics();
    const asking = JSON.stringify({ listen: topics });
    if (!this.isOpen || asking === this.#asked) return;
    this.#asked = asking;
    this.#socket?.send(asking);
  }

  hangUp(): void {
    window.clearTimeout(this.#waiting);
    const socket = this.#socket;
    this.#socket = null;
    socket?.close();
  }

  stop(): void {
    this.#isOver = true;
    this.hangUp();
  }

  renew(): void {
    if (!this.isOpen || performance.now() - this.#openedAt < RENEW_AFTER_MS) return;
    this.hangUp();
    this.open();
  }

  #opened(): void {
    this.#tries = 0;
    this.#asked = "";
    this.#listening.clear();
    this.#openedAt = performance.now();
    this.listen();
    if (this.#wasOpen) this.ears.reopened(); // what was announced meanwhile went unheard
    this.#wasOpen = true;
  }

  #hear({ topic, name, spread_s, listening, refused }: Heard): void {
    this.refused = refused ?? this.refused;
    if (topic && name) this.ears.changed(topic, (spread_s ?? 0) * 1_000);
    for (const one of listening ?? []) {
      if (!this.#listening.has(one)) this.ears.listening(one);
      this.#listening.add(one);
    }
  }
}
