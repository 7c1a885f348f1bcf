// Enhancements only: without this file, images link to their large version and videos to their page.

const play = (link, button) => {
  const url = new URL(link.dataset.embed);
  url.searchParams.set("autoplay", "1");
  const frame = document.createElement("iframe");
  frame.src = url.href;
  frame.title = link.dataset.title;
  frame.allow = "autoplay; encrypted-media; fullscreen; picture-in-picture";
  frame.allowFullscreen = true;
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  button.parentElement.replaceChildren(frame);
  frame.focus();
};

const enlarge = (link, button) => {
  const dialog = document.getElementById("enlarge").content.firstElementChild.cloneNode(true);
  const figure = dialog.querySelector("figure");
  const image = new Image(link.dataset.width, link.dataset.height);
  const source = button.closest("figure");
  image.src = link.href;
  image.alt = source.querySelector("img").alt;
  figure.append(image);
  const caption = source.querySelector("figcaption");
  if (caption) figure.append(caption.cloneNode(true));
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog) dialog.close();
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    button.focus();
  });
  document.body.append(dialog);
  dialog.showModal();
};

// What acts on the page is a button; what leads away is a link.
const asButton = (link, act) => {
  const button = document.createElement("button");
  button.type = "button";
  button.className = link.className;
  button.append(...link.childNodes);
  button.addEventListener("click", () => act(link, button));
  link.replaceWith(button);
  return button;
};

for (const link of document.querySelectorAll("a[data-enlarge]")) {
  asButton(link, enlarge).setAttribute("aria-haspopup", "dialog");
}
for (const link of document.querySelectorAll("a[data-embed]")) {
  asButton(link, play);
}

// On the way back, the browser may show a page as it was left: with what was chosen then, and not what its address says.
window.addEventListener("pageshow", ({ persisted }) => {
  if (persisted) for (const form of document.forms) form.reset();
});
