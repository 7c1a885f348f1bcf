/** The API with its types. `schema.d.ts` is generated: npm run generate. */
import createClient from "openapi-fetch";
import type { components, paths } from "./schema.d.ts";

export type Schemas = components["schemas"];

/**
 * The answers of requests without `fields`. Where `fields` may pick keys, the generated type has a member without any
 * key (`Record<string, never>`); it is taken out here, together with the parameter.
 */
export type Whole<T> = T extends unknown
  ? string extends keyof T
    ? [T[keyof T]] extends [never] ? never : T
    : T extends object ? { [K in keyof T]: K extends "fields" ? never : Whole<T[K]> } : T
  : never;

const lists = { array: { style: "form", explode: false } } as const;

/** Everything but `fields`: every key of an answer is there. */
export const connect = (baseUrl: string) => createClient<Whole<paths>>({ baseUrl, querySerializer: lists });

/** For requests with `fields`: name the type of what is picked, for example `Schemas["EventFields"]`. */
export const connectForFields = (baseUrl: string) => createClient<paths>({ baseUrl, querySerializer: lists });

export type Client = ReturnType<typeof connect>;

/** The answer, or an error that says what the API said. */
export function answered<T>({ data, error, response }: { data?: T; error?: unknown; response: Response }): T {
  if (data !== undefined) return data;
  const problem = error as Partial<Schemas["Problem"]> | undefined;
  throw new Error(`${response.status} ${problem?.title ?? response.statusText}: ${problem?.detail ?? ""}`);
}

export interface Page<Result> {
  results: Result[];
  next: string | null;
}

/** Every result of a list, page by page; `ask` gets the cursor of the page, undefined for the first. */
export async function* following<Result>(ask: (cursor?: string) => Promise<Page<Result>>): AsyncGenerator<Result> {
  let page = await ask();
  for (;;) {
    yield* page.results;
    if (page.next === null) return;
    const cursor = new URL(page.next, "http://any").searchParams.get("cursor");
    page = await ask(cursor ?? undefined);
  }
}

export type Resolved =
  | { status: 200; document: Schemas["AnyDocument"] }
  | { status: 301 | 302; location: string }
  | { status: 404 }
  | { status: 410 };

/** What a website answers for a path. Anything else than these four is an error: show what you have cached. */
export async function resolve(client: Client, path: string): Promise<Resolved> {
  const result = await client.GET("/api/v1/resolve/", { params: { query: { path } } });
  if (result.response.status === 404 || result.response.status === 410) return { status: result.response.status };
  const answer = answered(result);
  switch (answer.kind) {
    case "page":
      return { status: 200, document: answer.document };
    case "redirect":
      return { status: answer.permanent ? 301 : 302, location: answer.location };
  }
}
