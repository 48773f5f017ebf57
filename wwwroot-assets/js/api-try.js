// Sends what a form [data-api-try] describes, with the key of the field above. The key is read when it is needed and kept nowhere.
import { lifetime } from "./dom.js";

const SHOWN_CHARACTERS = 20_000;
const TOLD = ["retry-after", "ratelimit", "ratelimit-policy", "etag", "location", "content-type"];

let life;

function addressOf(form) {
  let path = form.dataset.path;
  const query = new URLSearchParams();
  for (const field of form.querySelectorAll("[data-name]")) {
    const value = field.value.trim();
    if (field.dataset.place === "path") {
      path = path.replace(`{${field.dataset.name}}`, encodeURIComponent(value));
    } else if (value) {
      query.set(field.dataset.name, value);
    }
  }
  return query.size > 0 ? `${path}?${query}` : path;
}

function readable(text, type) {
  if (type.includes("json")) {
    try {
      return JSON.stringify(JSON.parse(text), null, 2);
    } catch {
      // Several values, one a line: shown as they came.
    }
  }
  return text;
}

function show(form, status, text) {
  const outcome = form.querySelector("[data-outcome]");
  outcome.hidden = false;
  outcome.querySelector("[data-status]").textContent = status;
  const shown = outcome.querySelector("[data-text]");
  shown.hidden = !text;
  shown.textContent = text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}

async function send(form) {
  const key = document.getElementById("api-key").value.trim();
  const headers = key ? { Authorization: `Bearer ${key}` } : {};
  const body = form.querySelector('[data-place="body"]');
  if (body) {
    headers["Content-Type"] = form.dataset.type;
  }
  show(form, "Sending…", "");
  try {
    // Without the cookie: what is tried is the key, not the person at the screen.
    const answer = await fetch(addressOf(form), { method: form.dataset.method, headers, body: body?.value, credentials: "omit" });
    const told = TOLD.filter((name) => answer.headers.has(name)).map((name) => `${name}: ${answer.headers.get(name)}`);
    const text = await answer.text();
    show(form, `${answer.status} ${answer.statusText}`.trim(), [...told, "", readable(text, answer.headers.get("content-type") ?? "")].join("\n").trim());
  } catch {
    show(form, "No answer. The connection failed.", "");
  }
}

function submitted(event) {
  const form = event.target.closest?.("[data-api-try]");
  if (form) {
    event.preventDefault();
    event.stopPropagation();
    send(form);
  }
}

export function init() {
  dispose();
  life = lifetime();
  life.on(document, "submit", submitted, { capture: true });
}

export function dispose() {
  life?.end();
  life = undefined;
}
