// Unsaved changes: a form marked data-guard="dirty" asks before the page is left.
import { element, lifetime } from "./dom.js";
import { go } from "./preference.js";

let life;
let dialog;

export function isDirty() {
  return document.querySelector('[data-guard="dirty"]') !== null;
}

function build(leave) {
  const stay = element("button", { type: "button", class: "btn btn-primary", autofocus: true }, "Keep editing");
  const discard = element("button", { type: "button", class: "btn" }, "Discard changes");
  const box = element(
    "dialog",
    { class: "dialog dialog-small", "aria-labelledby": "guard-title" },
    element("div", { class: "dialog-head" }, element("h2", { id: "guard-title" }, "Leave without saving?")),
    element("div", { class: "dialog-body" }, element("p", {}, "What you changed on this page is not saved yet.")),
    element("div", { class: "dialog-foot" }, discard, stay),
  );
  stay.addEventListener("click", () => box.close());
  discard.addEventListener("click", () => {
    box.close();
    leave();
  });
  box.addEventListener("close", () => {
    box.remove();
    dialog = undefined;
  });
  return box;
}

function ask(leave) {
  if (dialog) {
    return;
  }
  dialog = build(leave);
  document.body.append(dialog);
  dialog.showModal();
}

function clicked(event) {
  const link = event.target.closest?.("a[href]");
  if (!link || !isDirty() || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey
    || (link.target && link.target !== "_self") || link.hasAttribute("download")) {
    return;
  }
  const to = new URL(link.href, document.baseURI);
  if (to.origin === location.origin && to.pathname === location.pathname) {
    return;
  }
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(() => {
    document.querySelectorAll('[data-guard="dirty"]').forEach((form) => (form.dataset.guard = "left"));
    go(to.origin === location.origin ? to.pathname + to.search + to.hash : to.href);
  });
}

export function init() {
  dispose();
  life = lifetime();
  life.on(window, "beforeunload", (event) => isDirty() && event.preventDefault());
  life.on(document, "click", clicked, { capture: true });
}

export function dispose() {
  life?.end();
  life = undefined;
  dialog?.remove();
  dialog = undefined;
}
