// Tells which result of which words was opened, and nothing of who opened it. Without this file it is not counted.

const rows = document.querySelector("[data-clicks]");

const tell = (event) => {
  const row = event.target.closest("a")?.closest("[data-clicks] > *");
  if (!row || event.button > 1) return;
  const place = [...rows.children].indexOf(row);
  const id = Number(rows.dataset.ids.trim().split(" ")[place]);
  const position = Number(rows.dataset.first) + place;
  navigator.sendBeacon(rows.dataset.clicks, JSON.stringify({ query: rows.dataset.query, id, position }));
};

rows?.addEventListener("click", tell);
rows?.addEventListener("auxclick", tell);
