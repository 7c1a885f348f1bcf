/** Blocks into HTML: one case per type; what is unknown shows nothing. */
import type { Schemas } from "./client.ts";
import { element, empty, escape, text } from "./html.ts";

type Block = Schemas["Block"];
type Image = Schemas["Image"];
type Link = Schemas["Link"];
type Summary = Schemas["AnySummary"];

export const blocks = (body: Block[]): string => body.map(block).join("\n");

function block(block: Block): string {
  switch (block.type) {
    case "heading":
      return element(`h${block.value.level}`, {}, escape(block.value.text));
    case "paragraph":
      return block.value.html;
    case "quote": {
      const { text: quoted, name, role, lang } = block.value;
      const by = [name, role].filter(Boolean).join(", ");
      const words = element("blockquote", { lang: lang || null }, escape(quoted));
      return element("figure", {}, words + text("figcaption", by));
    }
    case "image":
      return image(block.value);
    case "gallery":
      return element("div", { class: "gallery" }, block.value.images.map(image).join(""));
    case "link_block":
      return block.value.link ? link(block.value.link, block.value.text) : "";
    case "embed":
      // `html` is null where the provider is not on the site's list: then a link leads there.
      return block.value.html ?? anchor(block.value.url, block.value.title);
    case "fact_box":
      return element("aside", {}, text("h2", block.value.title) + block.value.html);
    case "deadline":
      return element("p", {}, [text("strong", block.value.label), text("time", block.value.date ?? "")].join(" "));
    case "document":
      return anchor(block.value.url, block.value.title);
    case "table": {
      const { caption, header_row, header_column, rows } = block.value;
      const cell = (row: number) => (value: string, column: number) =>
        element((header_row && row === 0) || (header_column && column === 0) ? "th" : "td", {}, escape(value));
      const lines = rows.map((cells, row) => element("tr", {}, cells.map(cell(row)).join("")));
      return element("table", {}, text("caption", caption) + lines.join(""));
    }
    case "accordion":
      return block.value.items.map((item) => element("details", {}, text("summary", item.title) + item.html)).join("");
    case "figures":
      return element("dl", {}, block.value.items.map((each) => text("dt", each.value) + text("dd", each.label)).join(""));
    case "contacts":
      return element("ul", {}, block.value.people.map((each) => text("li", each.name)).join(""));
    case "cards": {
      const items = block.value.items.map((item) => text("h3", item.title) + text("p", item.summary));
      return text("h2", block.value.title) + items.join("");
    }
    case "listing": {
      // `results` is null where the answer changes with the hour: ask `api_url` then.
      const { title, results, more } = block.value;
      return text("h2", title) + cards(results ?? []) + (more ? link(more) : "");
    }
    default:
      return unknown(block);
  }
}

/** Only reached by a type that is newer than this client. Without a case for every known type, this does not compile. */
const unknown = (_: never): string => "";

export const cards = (summaries: Summary[]): string => element("ul", {}, summaries.map(card).join(""));

function card(summary: Summary): string {
  const title = element("a", { href: summary.url, hreflang: summary.language }, escape(summary.title));
  return element("li", {}, title + (summary.type === "event" ? text("time", summary.start ?? "") : ""));
}

const link = ({ url, title }: Link, label = title): string => anchor(url, label || title);

const anchor = (url: string, label: string): string => element("p", {}, element("a", { href: url }, escape(label)));

function image({ src, alt, width, height, sources, caption }: Image): string {
  const offered = sources.map(({ type, srcset }) => empty("source", { type, srcset, sizes: "100vw" }));
  const shown = empty("img", { src, alt, width, height, loading: "lazy" });
  return element("figure", {}, element("picture", {}, offered.join("") + shown) + text("figcaption", caption));
}
