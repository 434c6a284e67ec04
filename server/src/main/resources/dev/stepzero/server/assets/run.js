// Follows a run: new lines go to the end of their step's log, and the rest of the page is fetched when it changed.
"use strict";

const state = document.getElementById("state");
const log = document.getElementById("log");
const live = document.getElementById("live");
const path = state.dataset.follow;
const MOST_LINES = 2000;
let fetching = false;
let isOld = false;

async function refresh() {
  if (fetching) {
    isOld = true;
    return;
  }
  fetching = true;
  try {
    const answer = await fetch(path + "/state");
    if (answer.ok && !answer.redirected) state.innerHTML = await answer.text();
  } finally {
    fetching = false;
  }
  if (isOld) {
    isOld = false;
    setTimeout(refresh, 500);
  }
}

function linesOf(step) {
  const id = "log-" + step;
  let fold = document.getElementById(id);
  if (!fold) {
    fold = document.createElement("details");
    fold.className = "fold";
    fold.id = id;
    fold.open = true;
    const summary = document.createElement("summary");
    summary.textContent = step;
    const lines = document.createElement("pre");
    lines.tabIndex = 0;
    lines.setAttribute("aria-label", "Log of " + step);
    fold.append(summary, lines);
    log.append(fold);
  }
  return fold.querySelector("pre");
}

function append(told) {
  const atEnd = window.innerHeight + window.scrollY >= document.body.offsetHeight - 40;
  for (const [step, text] of told) {
    const lines = linesOf(step);
    lines.append(text + "\n");
    while (lines.childNodes.length > MOST_LINES) lines.firstChild.remove();
  }
  if (atEnd) window.scrollTo(0, document.body.scrollHeight);
}

function follow(after) {
  let last = after;
  const events = new EventSource(path + "/events?after=" + last);
  events.addEventListener("open", () => { live.textContent = "This run is under way; the page follows it."; });
  events.addEventListener("lines", (event) => {
    last = event.lastEventId;
    append(JSON.parse(event.data));
  });
  events.addEventListener("state", refresh);
  events.addEventListener("end", () => {
    events.close();
    refresh();
    live.textContent = "This run is over.";
  });
  events.addEventListener("error", () => {
    live.textContent = "The connection broke; trying again.";
    // A browser comes back by itself, but not where it was refused because too many follow already.
    if (events.readyState === EventSource.CLOSED) setTimeout(() => follow(last), 30000);
  });
}

if (path) follow(state.dataset.after);
