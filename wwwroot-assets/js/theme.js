// Light, dark or as the system says. Buttons: [data-theme-set="light|dark|system"].
import { lifetime, watch } from "./dom.js";
import { remember } from "./preference.js";

let life;

export function current() {
  return document.documentElement.dataset.theme ?? "system";
}

/** True when what is shown now is dark, whoever decided. */
export function isDark() {
  const theme = current();
  return theme === "dark" || (theme === "system" && matchMedia("(prefers-color-scheme: dark)").matches);
}

export function set(theme) {
  const root = document.documentElement;
  if (theme === "light" || theme === "dark") {
    root.dataset.theme = theme;
  } else {
    delete root.dataset.theme;
  }
  remember("theme", theme);
  document.querySelectorAll("[data-theme-set]").forEach(mark);
  announce();
}

function mark(button) {
  button.setAttribute("aria-pressed", String(button.dataset.themeSet === current()));
}

function announce() {
  document.dispatchEvent(new CustomEvent("ops:theme", { detail: { dark: isDark() } }));
}

export function init() {
  dispose();
  life = lifetime();
  life.add(watch("[data-theme-set]", mark));
  life.on(document, "click", (event) => {
    const button = event.target.closest?.("[data-theme-set]");
    if (button) {
      set(button.dataset.themeSet);
    }
  });
  life.on(matchMedia("(prefers-color-scheme: dark)"), "change", () => current() === "system" && announce());
  life.on(window, "storage", (event) => event.key === "ops.theme" && set(event.newValue ?? "system"));
}

export function dispose() {
  life?.end();
  life = undefined;
}
