/** What the generated types promise; compiled together with the example client. */
import createClient from "openapi-fetch";
import { connect, type Schemas } from "./client.ts";
import type { paths } from "./schema.d.ts";

const client = connect("http://localhost");

export async function narrow(): Promise<void> {
  const news = (await client.GET("/api/v1/news/")).data!;
  const titles: string[] = news.results.map((each) => each.title);
  const kind: "news" | "press-release" | "consultation" | "announcement" = news.results[0]!.kind;
  // @ts-expect-error: articles have no start
  news.results[0]!.start;

  const document = (await client.GET("/api/v1/content/{id}/", { params: { path: { id: 1 } } })).data!;
  const title: string = document.title;
  if (document.type === "event") for (const item of document.programme) item.speakers.map((each) => each.name);
  // @ts-expect-error: only events have one
  document.programme;
  // @ts-expect-error: no such type
  if (document.type === "podcast") return;

  const hits = (await client.GET("/api/v1/search/", { params: { query: { topic: ["arbeidsliv"] } } })).data!.results;
  for (const hit of hits) if (hit.type === "showcase") [hit.score, hit.period?.start, hit.highlight.body];
  // @ts-expect-error: a filter's values are known
  await client.GET("/api/v1/events/", { params: { query: { status: ["unsure"] } } });
  // @ts-expect-error: this client is for whole answers
  await client.GET("/api/v1/events/", { params: { query: { fields: ["title"] } } });
  // @ts-expect-error: the path is required
  await client.GET("/api/v1/resolve/");
  [titles, kind, title];
}

export async function picked(): Promise<void> {
  const picking = createClient<paths>();
  const { data } = await picking.GET("/api/v1/events/", { params: { query: { fields: ["title"] } } });
  const events: Schemas["EventFields"][] = data!.results;
  // @ts-expect-error: may not be there
  const title: string = events[0]!.title;
  title;
}

export async function problems(): Promise<void> {
  const { error, response } = await client.GET("/api/v1/content/{id}/", { params: { path: { id: 1 } } });
  if (error && "removed_at" in error) [error.removed_at, error.content_type, error.path];
  error?.errors.map((each) => each.hint);
  [response.status];
}
