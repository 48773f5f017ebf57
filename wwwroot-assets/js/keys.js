// The keyboard. The bindings are the rows of the help dialog (#key-help [data-keys]), which the server writes from one
// table; a row carries data-go (an address) or data-act (an act below).
import { close, open } from "./dialogs.js";
import { lifetime } from "./dom.js";
import { go } from "./preference.js";

const chordMs = 1200;
let life;
let prefix = "";
let prefixAt = 0;

const acts = {
  help: () => open(document.getElementById("key-help")),
  palette: () => document.dispatchEvent(new CustomEvent("ops:palette")),
  filter: () => {
    const input = document.querySelector("[data-filter]");
    input?.focus();
    input?.select?.();
    return Boolean(input);
  },
  next: () => step(1),
  previous: () => step(-1),
  save: (event) => {
    const field = event.target;
    const form = field.closest?.("form");
    if (form) {
      // What was typed last is only told to the server when its field is left.
      field.blur();
      field.focus();
      form.requestSubmit();
    }
    return Boolean(form);
  },
};

function bindings() {
  return [...document.querySelectorAll("#key-help [data-keys]")].map((row) => ({
    keys: row.dataset.keys,
    go: row.dataset.go,
    act: row.dataset.act,
  }));
}

function isTyping(target) {
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName)
    || (target.tagName === "INPUT" && !/^(checkbox|radio|button|submit|range)$/.test(target.type));
}

function rowsOf(list) {
  return [...list.querySelectorAll(":scope > tr, :scope > li")]
    .map((row) => row.querySelector("[data-row-link], a[href], button"))
    .filter((link) => link && link.getClientRects().length > 0);
}

function step(by) {
  const active = document.activeElement;
  const list = active?.closest("[data-list]") ?? document.querySelector("[data-list]");
  if (!list) {
    return false;
  }
  const links = rowsOf(list);
  const at = links.findIndex((link) => link.closest("tr, li")?.contains(active));
  const next = at < 0 ? (by > 0 ? 0 : links.length - 1) : Math.min(links.length - 1, Math.max(0, at + by));
  links[next]?.focus();
  links[next]?.scrollIntoView({ block: "nearest" });
  return links.length > 0;
}

// The control that a key stands for in the row that has the focus; without such a row the key does nothing.
function rowAct(letter) {
  const row = document.activeElement?.closest("[data-list] > tr, [data-list] > li");
  const control = row?.querySelector(`[data-row-key="${letter}"]:not(:disabled)`);
  if (!control) {
    return press(letter);
  }
  control.click();
  return true;
}

// No row has the focus, or it has no such control: the page's own, which stands outside of rows.
function press(letter) {
  const control = [...document.querySelectorAll(`[data-press="${letter}"]:not(:disabled)`)].find((found) => found.getClientRects().length > 0);
  if (control?.matches("input, textarea")) {
    control.focus();
  } else {
    control?.click();
  }
  return Boolean(control);
}

function name(event) {
  const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  return event.ctrlKey || event.metaKey ? `mod+${key}` : key;
}

function run(binding, event) {
  if (binding.go) {
    go(binding.go);
    return true;
  }
  if (binding.act?.startsWith("row-")) {
    return rowAct(binding.act.slice(4));
  }
  const act = acts[binding.act];
  return act ? act(event) !== false : false;
}

function pressed(event) {
  if (event.defaultPrevented || event.isComposing || event.altKey) {
    return;
  }
  const key = name(event);
  if (event.key === "Escape" && isTyping(event.target) && !document.querySelector("dialog[open]")) {
    event.target.blur();
    return;
  }
  const modal = document.querySelector("dialog[open]");
  if (modal && key === "mod+Enter" && acts.save(event)) {
    event.preventDefault();
    return;
  }
  if (modal && !(modal.id === "key-help" && key === "?")) {
    return;
  }
  if (modal) {
    close(modal);
    event.preventDefault();
    return;
  }
  if (isTyping(event.target) && !key.startsWith("mod+")) {
    return;
  }
  // A click, so that unsaved changes are asked about (guard.js).
  const leave = event.key === "Escape" && document.querySelector("[data-leave]");
  if (leave && !document.querySelector(":popover-open, details.menu[open]")) {
    leave.click();
    event.preventDefault();
    return;
  }
  const table = bindings();
  const chord = prefix && event.timeStamp - prefixAt < chordMs ? `${prefix} ${key}` : key;
  prefix = "";
  const hit = table.find((binding) => binding.keys === chord) ?? table.find((binding) => binding.keys === key);
  if (hit) {
    if (run(hit, event)) {
      event.preventDefault();
    }
  } else if (table.some((binding) => binding.keys.startsWith(`${key} `))) {
    prefix = key;
    prefixAt = event.timeStamp;
  }
}

export function init() {
  dispose();
  life = lifetime();
  life.on(document, "keydown", pressed);
}

export function dispose() {
  life?.end();
  life = undefined;
  prefix = "";
}
