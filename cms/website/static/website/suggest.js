// Suggestions below a search field while somebody types: an editable combobox with a list box, after the patterns of the
// ARIA Authoring Practices. Focus stays in the field; the field alone does everything that matters.

const WAIT = 150;
const SHORTEST = 2;
const LONGEST = 100;
const LIMIT = 5;

const element = (name, attributes, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
};

// What was typed stands plain, what it may become stands bold.
const completed = (text, typed) =>
  text.toLowerCase().startsWith(typed.toLowerCase())
    ? [text.slice(0, typed.length), element("b", {}, text.slice(typed.length))]
    : [text];

class Suggestions {
  constructor(field) {
    const input = field.querySelector("input");
    this.input = input;
    this.words = field.dataset;
    this.options = [];
    this.active = -1;
    this.shown = "";
    this.list = element("div", {
      id: `${input.id}-suggestions`,
      class: "suggestions",
      role: "listbox",
      "aria-label": this.words.label,
      hidden: "",
    });
    this.status = element("div", { class: "visually-hidden", role: "status" });
    field.append(this.list, this.status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-expanded", "false");
    input.setAttribute("aria-controls", this.list.id);

    input.addEventListener("input", () => this.typed());
    input.addEventListener("keydown", (event) => this.key(event));
    input.addEventListener("blur", () => this.close());
    // Focus stays in the field, whatever is pressed.
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (option) this.choose(option);
    });
  }

  get open() {
    return !this.list.hidden;
  }

  // Whether there is enough to go on with, and all of it is looked at.
  get fits() {
    const { length } = this.input.value.trim();
    return length >= SHORTEST && length <= LONGEST;
  }

  // Also while a word is composed: telephones compose every word.
  typed() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.mark(-1);
    if (this.fits) this.timer = setTimeout(() => this.ask(), WAIT);
    else this.close();
  }

  async ask() {
    const typed = this.input.value;
    this.request?.abort();
    this.request = new AbortController();
    try {
      const query = new URLSearchParams({ q: typed, limit: LIMIT });
      const response = await fetch(`${this.words.suggest}?${query}`, { signal: this.request.signal });
      if (!response.ok) throw new Error(response.status);
      const found = await response.json();
      if (document.activeElement === this.input && this.input.value === typed) this.show(found, typed);
    } catch (error) {
      // Without suggestions the field works as before.
      if (error.name !== "AbortError") this.close();
    }
  }

  show({ completions, pages }, typed) {
    const groups = [
      this.group("words", completions.map((text) => ({ text, words: text }))),
      this.group("pages", pages.map(({ title, url }) => ({ text: title, url }))),
    ];
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    this.options = [];
    this.list.replaceChildren(...groups.filter(Boolean).map((group) => group(typed)));
    this.options = [...this.list.querySelectorAll("[role=option]")];
    this.options.forEach((option, number) => (option.id = `${this.list.id}-${number}`));
    this.shown = typed;
    this.toggle(this.options.length > 0);
    const count = this.options.length;
    const say = { 0: this.words.none, 1: this.words.one }[count] ?? this.words.many.replace("{count}", count);
    this.status.textContent = say;
  }

  group(name, items) {
    if (!items.length) return null;
    return (typed) => {
      const id = `${this.list.id}-${name}`;
      const heading = element("div", { id, class: "suggestions-name", role: "presentation" }, this.words[name]);
      const options = items.map(({ text, words, url }) => {
        const option = element("div", { role: "option", "aria-selected": "false" });
        option.append(element("span", {}, ...(words ? completed(text, typed) : [text])));
        if (words) option.dataset.words = words;
        else option.dataset.url = url;
        return option;
      });
      return element("div", { role: "group", "aria-labelledby": id }, heading, ...options);
    };
  }

  key(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey) return;
    const { key } = event;
    if (key === "ArrowDown" || key === "ArrowUp") {
      event.preventDefault();
      this.arrow(key === "ArrowDown" ? 1 : -1, event.altKey);
    } else if (key === "Enter" && this.open && this.active >= 0) {
      event.preventDefault();
      this.choose(this.options[this.active]);
    } else if (key === "Escape" && this.open) {
      event.preventDefault();
      this.close();
    } else if (["Home", "End", "ArrowLeft", "ArrowRight"].includes(key)) {
      this.mark(-1);
    } else if (key === "Tab") {
      this.close();
    }
  }

  arrow(step, alone) {
    if (alone && step < 0) return this.close();
    if (!this.open) {
      if (this.options.length && this.shown === this.input.value) this.toggle(true);
      else if (this.fits) return void this.ask();
      else return undefined;
      if (alone) return undefined;
    }
    const last = this.options.length - 1;
    // Beyond both ends lies the field itself.
    const next = this.active + step;
    return this.mark(next > last ? -1 : next < -1 ? last : next);
  }

  mark(number) {
    this.options[this.active]?.setAttribute("aria-selected", "false");
    this.active = number;
    const option = this.options[number];
    if (!option) return this.input.removeAttribute("aria-activedescendant");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    return this.input.setAttribute("aria-activedescendant", option.id);
  }

  choose({ dataset }) {
    this.close();
    if (dataset.url) {
      window.location.assign(dataset.url);
    } else {
      this.input.value = dataset.words;
      this.input.form.requestSubmit();
    }
  }

  toggle(open) {
    this.list.hidden = !open;
    this.input.setAttribute("aria-expanded", String(open));
  }

  close() {
    clearTimeout(this.timer);
    this.request?.abort();
    this.mark(-1);
    this.toggle(false);
    this.status.textContent = "";
  }
}

for (const field of document.querySelectorAll("[data-suggest]")) new Suggestions(field);
