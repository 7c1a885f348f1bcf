/** Texts into HTML. What the API calls `html` is safe as it is and needs none of this. */

const ENTITIES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };

export const escape = (text: string): string => text.replace(/[&<>"']/g, (char) => ENTITIES[char] ?? char);

type Attributes = Record<string, string | number | null | undefined>;

/** An element; attributes that are null are left out, `content` is HTML. */
export function element(name: string, attributes: Attributes, content = ""): string {
  const written = Object.entries(attributes)
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([key, value]) => ` ${key}="${escape(String(value))}"`);
  return `<${name}${written.join("")}>${content}</${name}>`;
}

/** An element that has no content and no end tag. */
export const empty = (name: string, attributes: Attributes): string => element(name, attributes).replace(/<\/\w+>$/, "");

/** An element around a text, nothing where the text is empty. */
export const text = (name: string, value: string): string => (value ? element(name, {}, escape(value)) : "");
