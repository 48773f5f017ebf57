// Copies the text of an element: [data-copy="id"]. Says so beside the button and to screen readers.
const SHOWN_MS = 2000;

let voice;

async function write(text) {
  if (navigator.clipboard) {
    await navigator.clipboard.writeText(text);
    return;
  }
  // Plain HTTP beyond this machine has no clipboard API.
  const area = document.createElement("textarea");
  area.value = text;
  area.className = "visually-hidden";
  const holder = document.querySelector("dialog[open]") ?? document.body;
  holder.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

async function onClick(event) {
  const button = event.target.closest?.("[data-copy]");
  const source = button && document.getElementById(button.dataset.copy);
  if (!source) {
    return;
  }
  try {
    await write(source.textContent);
    button.dataset.copied = "yes";
    voice.textContent = "Copied";
  } catch {
    voice.textContent = "Could not be copied; select the text instead";
  }
  setTimeout(() => {
    delete button.dataset.copied;
    voice.textContent = "";
  }, SHOWN_MS);
}

export function init() {
  voice = document.createElement("div");
  voice.className = "visually-hidden";
  voice.setAttribute("role", "status");
  document.body.append(voice);
  document.addEventListener("click", onClick);
}
