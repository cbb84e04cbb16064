import { Problem, problemOf, UNREACHABLE } from "@/wire/problem";

type Method = "GET" | "POST" | "DELETE";

interface Options {
  body?: unknown;
  /** Sent as Idempotency-Key: the same key and body is done once, however often it is sent. */
  key?: string;
  signal?: AbortSignal;
}

/** Ask the front door; resolves to the JSON of a success, throws a `Problem` for everything else. */
export async function ask<Answer>(method: Method, path: string, options: Options = {}): Promise<Answer> {
  const response = await reach(method, path, options);
  const body = await jsonOf(response);
  if (!response.ok) throw problemOf(response.status, body);
  return body as Answer;
}

async function reach(method: Method, path: string, { body, key, signal }: Options): Promise<Response> {
  const headers: Record<string, string> = { Accept: "application/json" };
  if (body !== undefined) headers["Content-Type"] = "application/json";
  if (key !== undefined) headers["Idempotency-Key"] = key;
  try {
    return await fetch(path, {
      method,
      headers,
      credentials: "same-origin",
      cache: "no-store",
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      ...(signal === undefined ? {} : { signal }),
    });
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") throw error;
    throw new Problem(UNREACHABLE);
  }
}

async function jsonOf(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === "") return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A key for one intended act: made when the person decides, kept over every retry of it. */
export function newKey(): string {
  return crypto.randomUUID();
}
