/** What went wrong, as the server says it (RFC 9457): a stable code, and a sentence for the person. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly detail: string,
    /** What stands there now, where somebody else wrote at the same time. */
    readonly present?: string,
  ) {
    super(detail);
    this.name = "Problem";
  }
}

const OFFLINE = "We can’t reach Pennydrop just now. Nothing is lost; try again in a moment.";

/** The sentence to show for any error at all; `unreached` is for where something has to be done again. */
export function sentence(error: unknown, unreached = OFFLINE): string {
  return error instanceof Problem ? error.detail : unreached;
}

/** Whether it may be well in a moment, without anybody doing anything: the server is away, or is busy. */
export function mayPass(error: unknown): boolean {
  return Boolean(error) && (!(error instanceof Problem) || error.status >= 500);
}

export function isNotFound(error: unknown): boolean {
  return error instanceof Problem && error.status === 404;
}

/** Reads the body of a failed answer, whatever shape it has. */
export function problemFrom(status: number, body: unknown): Problem {
  const record = typeof body === "object" && body !== null ? (body as Record<string, unknown>) : {};
  const code = typeof record.code === "string" ? record.code : "unknown";
  const detail =
    typeof record.detail === "string"
      ? record.detail
      : "Something went wrong on our side. Nothing is lost; try again in a moment.";
  const present = typeof record.present === "string" ? record.present : undefined;
  return new Problem(status, code, detail, present);
}
