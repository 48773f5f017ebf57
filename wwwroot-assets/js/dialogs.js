// Dialogs and menus: opened by attribute, closed by Esc, backdrop or button, focus goes back to the opener.
//   [data-dialog-open="id"]  [data-dialog-close]  details.menu  [data-rail-fold]  [data-rail-open]
import { lifetime, watch } from "./dom.js";
import { remember } from "./preference.js";

let life;

/** Opens a dialog element (also called through interop) and remembers who asked. */
export function open(dialog) {
  if (!dialog || dialog.open) {
    return;
  }
  const opener = document.activeElement;
  dialog.addEventListener("close", () => opener?.isConnected && opener.focus(), { once: true });
  dialog.showModal();
}

export function close(dialog) {
  if (dialog?.open) {
    dialog.close();
  }
}

/** Opens a dialog of a component and reports its closing, however it came about, to OnClosed. */
export function show(dialog, component) {
  if (dialog && component) {
    dialog.addEventListener("close", () => component.invokeMethodAsync("OnClosed").catch(() => {}), { once: true });
  }
  open(dialog);
}

function fold() {
  const root = document.documentElement;
  const folded = root.dataset.rail !== "folded";
  if (folded) {
    root.dataset.rail = "folded";
  } else {
    delete root.dataset.rail;
  }
  remember("rail", folded ? "folded" : "open");
  document.querySelectorAll("[data-rail-fold]").forEach(markFold);
}

function markFold(button) {
  button.setAttribute("aria-expanded", String(document.documentElement.dataset.rail !== "folded"));
}

function sheet(button, open) {
  const rail = document.getElementById(button.getAttribute("aria-controls"));
  const shown = open ?? !rail?.classList.contains("is-open");
  rail?.classList.toggle("is-open", shown);
  button.setAttribute("aria-expanded", String(shown));
  if (shown) {
    rail?.querySelector("a, button")?.focus();
  }
}

function clicked(event) {
  const target = event.target;
  const opening = target.closest?.("[data-dialog-open]");
  if (opening) {
    open(document.getElementById(opening.dataset.dialogOpen));
    return;
  }
  const closing = target.closest?.("[data-dialog-close]");
  if (closing) {
    close(closing.closest("dialog"));
    return;
  }
  if (target instanceof HTMLDialogElement && target.open && !target.hasAttribute("data-stay")) {
    const box = target.getBoundingClientRect();
    const inside = event.clientX >= box.left && event.clientX <= box.right && event.clientY >= box.top && event.clientY <= box.bottom;
    if (!inside) {
      close(target);
    }
    return;
  }
  if (target.closest?.("[data-rail-fold]")) {
    fold();
    return;
  }
  const rail = target.closest?.("[data-rail-open]");
  document.querySelectorAll("[data-rail-open]").forEach((button) => {
    if (button === rail) {
      sheet(button);
    } else if (!target.closest?.(".rail") || target.closest("a")) {
      sheet(button, false);
    }
  });
  for (const menu of document.querySelectorAll("details.menu[open]")) {
    if (!menu.contains(target) || target.closest(".menu-item")) {
      menu.open = false;
    }
  }
}

function pressed(event) {
  if (event.key !== "Escape") {
    return;
  }
  const menu = document.querySelector("details.menu[open]");
  if (menu) {
    menu.open = false;
    menu.querySelector("summary")?.focus();
    event.stopPropagation();
  }
  document.querySelectorAll('[data-rail-open][aria-expanded="true"]').forEach((button) => {
    sheet(button, false);
    button.focus();
  });
}

export function init() {
  dispose();
  life = lifetime();
  life.on(document, "click", clicked);
  life.on(document, "keydown", pressed);
  life.add(watch("[data-rail-fold]", markFold));
}

export function dispose() {
  life?.end();
  life = undefined;
}
