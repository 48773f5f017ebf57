// Ctrl/⌘-K: pages, services and objectives by name. Items come from /ui/palette.json:
//   [{ "label", "group", "href", "icon", "hint" }]
import { close, open } from "./dialogs.js";
import { element, icon, lifetime } from "./dom.js";
import { go } from "./preference.js";
import * as clock from "./clock.js";
import * as theme from "./theme.js";

const shown = 40;
const freshMs = 30000;
let life;
let items = [];
let loadedAt = 0;
let failed = false;
let matches = [];
let selected = 0;

const own = [
  { label: "Light theme", group: "Settings", icon: "sun", act: () => theme.set("light") },
  { label: "Dark theme", group: "Settings", icon: "moon", act: () => theme.set("dark") },
  { label: "Theme as the system says", group: "Settings", icon: "system", act: () => theme.set("system") },
  { label: "Times in UTC", group: "Settings", icon: "clock", act: () => clock.setZone("utc") },
  { label: "Times in my zone", group: "Settings", icon: "clock", act: () => clock.setZone("local") },
  { label: "Keyboard help", group: "Settings", icon: "keyboard", act: () => open(document.getElementById("key-help")) },
];

/** Score of a query against a text, with the matched positions; undefined when it does not match. */
export function match(query, text) {
  const lower = text.toLowerCase();
  let score = 0;
  const at = [];
  for (const token of query.toLowerCase().split(/\s+/).filter(Boolean)) {
    const whole = lower.indexOf(token);
    if (whole >= 0) {
      const starts = whole === 0 || /[^a-z0-9]/.test(lower[whole - 1]);
      score += 40 + token.length * 4 + (starts ? 30 : 0) - Math.min(20, whole / 4);
      at.push(...Array.from(token, (_, index) => whole + index));
      continue;
    }
    let from = 0;
    let last = -2;
    for (const letter of token) {
      const found = lower.indexOf(letter, from);
      if (found < 0) {
        return undefined;
      }
      score += found === last + 1 ? 4 : found === 0 || /[^a-z0-9]/.test(lower[found - 1]) ? 5 : -1;
      at.push(found);
      last = found;
      from = found + 1;
    }
  }
  return { score: score - text.length / 50, at };
}

function search(query) {
  const all = [...items, ...own];
  if (!query.trim()) {
    return all.slice(0, shown).map((item) => ({ item, at: [] }));
  }
  const hits = all
    .map((item) => ({ item, found: match(query, `${item.label} ${item.hint ?? ""}`) }))
    .filter(({ found }) => found)
    .sort((a, b) => b.found.score - a.found.score);
  // Scattered letters only count while nothing fits clearly better.
  const least = (hits[0]?.found.score ?? 0) * 0.35;
  return hits
    .filter(({ found }) => found.score >= least)
    .slice(0, shown)
    .map(({ item, found }) => ({ item, at: found.at }));
}

function marked(text, at) {
  const hits = new Set(at);
  const parts = [];
  let run = "";
  let inside = false;
  const push = () => {
    if (run) {
      parts.push(inside ? element("mark", {}, run) : run);
    }
    run = "";
  };
  for (let index = 0; index < text.length; index++) {
    if (hits.has(index) !== inside) {
      push();
      inside = !inside;
    }
    run += text[index];
  }
  push();
  return element("span", { class: "truncate" }, ...parts);
}

function parts() {
  const dialog = document.getElementById("palette");
  return { dialog, input: dialog?.querySelector("input"), list: dialog?.querySelector("[role=listbox]") };
}

function render() {
  const { input, list } = parts();
  if (!list) {
    return;
  }
  matches = search(input.value);
  selected = Math.min(selected, Math.max(0, matches.length - 1));
  const nodes = [];
  let group;
  matches.forEach(({ item, at }, index) => {
    if (!input.value.trim() && item.group !== group) {
      group = item.group;
      nodes.push(element("div", { class: "palette-group", role: "presentation" }, group));
    }
    nodes.push(element(
      "div",
      { class: "palette-item", role: "option", id: `palette-${index}`, "data-index": index, "aria-selected": String(index === selected) },
      icon(item.icon ?? "chevron-right"),
      marked(item.label, at),
      element("span", { class: "palette-hint" }, item.hint ?? (input.value.trim() ? item.group ?? "" : "")),
    ));
  });
  if (matches.length === 0) {
    nodes.push(element("p", { class: "palette-none", role: "presentation" }, `Nothing is called “${input.value}”.`));
  } else if (failed) {
    nodes.push(element("p", { class: "palette-none", role: "presentation" }, "Services and objectives could not be loaded."));
  }
  list.replaceChildren(...nodes);
  select(selected);
}

function select(index) {
  const { input, list } = parts();
  selected = index;
  for (const option of list.querySelectorAll("[role=option]")) {
    const is = Number(option.dataset.index) === index;
    option.setAttribute("aria-selected", String(is));
    if (is) {
      option.scrollIntoView({ block: "nearest" });
    }
  }
  if (matches.length > 0) {
    input.setAttribute("aria-activedescendant", `palette-${index}`);
  } else {
    input.removeAttribute("aria-activedescendant");
  }
}

function choose(index) {
  const hit = matches[index]?.item;
  if (!hit) {
    return;
  }
  close(parts().dialog);
  if (hit.act) {
    hit.act();
  } else {
    go(hit.href);
  }
}

async function load() {
  if (Date.now() - loadedAt < freshMs) {
    return;
  }
  try {
    const answer = await fetch("/ui/palette.json", { headers: { Accept: "application/json" } });
    if (!answer.ok) {
      throw new Error(String(answer.status));
    }
    items = await answer.json();
    loadedAt = Date.now();
    failed = false;
  } catch {
    failed = true;
  }
  render();
}

export function show() {
  const { dialog, input } = parts();
  if (!dialog || dialog.open) {
    return;
  }
  input.value = "";
  selected = 0;
  open(dialog);
  input.focus();
  render();
  load();
}

function pressed(event) {
  const { dialog } = parts();
  if (!dialog?.open || !dialog.contains(event.target)) {
    return;
  }
  const last = matches.length - 1;
  const moves = { ArrowDown: Math.min(last, selected + 1), ArrowUp: Math.max(0, selected - 1), PageDown: Math.min(last, selected + 8), PageUp: Math.max(0, selected - 8) };
  if (event.key in moves && last >= 0) {
    select(moves[event.key]);
    event.preventDefault();
  } else if (event.key === "Enter") {
    choose(selected);
    event.preventDefault();
  }
}

export function init() {
  dispose();
  life = lifetime();
  life.on(document, "ops:palette", show);
  life.on(document, "keydown", pressed);
  life.on(document, "input", (event) => {
    if (event.target === parts().input) {
      selected = 0;
      render();
    }
  });
  life.on(document, "click", (event) => {
    if (event.target.closest?.("[data-palette-open]")) {
      show();
      return;
    }
    const option = event.target.closest?.("#palette [role=option]");
    if (option) {
      choose(Number(option.dataset.index));
    }
  });
}

export function dispose() {
  life?.end();
  life = undefined;
  items = [];
  loadedAt = 0;
}
