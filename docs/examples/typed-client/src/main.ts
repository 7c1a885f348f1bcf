/** node src/main.ts http://localhost:8000 page /  ·  events 2026  ·  search words …  ·  titles */
import { blocks } from "./blocks.ts";
import { answered, connect, connectForFields, following, resolve, type Schemas } from "./client.ts";
import { element, text } from "./html.ts";

const [baseUrl = "http://localhost:8000", command = "page", ...words] = process.argv.slice(2);
const client = connect(baseUrl);

/** A page of the website as HTML, or what else its path leads to. */
async function page(path: string): Promise<string> {
  const found = await resolve(client, path);
  switch (found.status) {
    case 200: {
      const { language, title, body, related } = found.document;
      const more = related.map((each) => element("a", { href: each.url }, text("span", each.title)));
      return element("main", { lang: language }, text("h1", title) + blocks(body) + more.join(""));
    }
    case 301:
    case 302:
      return `${found.status} ${found.location}`;
    case 404:
    case 410:
      return String(found.status);
  }
}

/** Every event of a year, two at a time. */
async function events(year: string): Promise<string> {
  const lines: string[] = [];
  const query = { limit: 2, order: "soonest", ...(year ? { year: [year] } : {}) } as const;
  const listed = following(async (cursor) =>
    answered(await client.GET("/api/v1/events/", { params: { query: cursor ? { ...query, cursor } : query } })),
  );
  for await (const event of listed) lines.push(`${event.start} ${event.title} (${event.attendance})`);
  return lines.join("\n");
}

/** Hits, with what is special to their type. */
async function search(q: string): Promise<string> {
  const found = answered(await client.GET("/api/v1/search/", { params: { query: { q, limit: 5 } } }));
  const lines = found.results.map((hit) => {
    switch (hit.type) {
      case "event":
        return `${hit.title}, ${hit.start}`;
      case "showcase":
        return `${hit.title}, ${hit.municipalities.map((each) => each.name).join(", ")}`;
      default:
        return hit.title;
    }
  });
  return [`${found.total} hits`, ...lines].join("\n");
}

/** Only two keys of every document. */
async function titles(): Promise<string> {
  const picking = connectForFields(baseUrl);
  const query = { fields: ["title" as const, "path" as const], limit: 100 };
  const { results } = answered(await picking.GET("/api/v1/content/", { params: { query } }));
  const picked: Schemas["AnyFields"][] = results;
  return picked.map(({ path = "", title = "" }) => `${path} ${title}`).join("\n");
}

const commands: Record<string, (argument: string) => Promise<string>> = { page, events, search, titles };
const run = commands[command];
if (!run) throw new Error(`Commands: ${Object.keys(commands).join(", ")}`);
console.log(await run(words.join(" ")));
