// What the pages need a script for: keys, the theme, and looking again when there is something new. Without it everything still works by links.

const live = { isOn: true, waiting: false, again: false };

// ---- theme: kept in a cookie, so that the server draws the page in it ----
for (const choice of document.querySelectorAll('.theme input')) {
  choice.addEventListener('change', () => {
    const age = choice.value ? 31536000 : 0;
    document.cookie = `agentops-theme=${choice.value}; path=/; max-age=${age}; samesite=lax`;
    if (choice.value) document.documentElement.dataset.theme = choice.value;
    else delete document.documentElement.dataset.theme;
  });
}

// ---- keys ----
const help = document.getElementById('keyhelp');
document.getElementById('keyhelp-open')?.addEventListener('click', () => help.showModal());

document.addEventListener('keydown', e => {
  if (e.ctrlKey || e.altKey || e.metaKey || e.target.closest('input, textarea, select, dialog')) return;
  const go = { ArrowLeft: 'step-back', ArrowRight: 'step-on', Home: 'step-first' }[e.key];
  if (go && document.getElementById('replay')) {
    const link = document.getElementById(go);
    if (link && link.getAttribute('aria-disabled') !== 'true') { e.preventDefault(); link.click(); }
    return;
  }
  if (e.key === '/') {
    const field = document.getElementById('query') ?? document.querySelector('.search input');
    if (field) { e.preventDefault(); field.focus(); field.select(); }
  } else if (e.key === '?') {
    help.showModal();
  } else if (e.key === 'j' || e.key === 'k' || ((e.key === 'ArrowDown' || e.key === 'ArrowUp') && e.target.closest('[data-row]'))) {
    moveRow(e.key === 'j' || e.key === 'ArrowDown' ? 1 : -1);
    e.preventDefault();
  } else if (e.key === 'Enter' && e.target.matches('tr[data-row]')) {
    e.target.querySelector('a')?.click();
  } else {
    document.querySelector(`a.item[data-key="${CSS.escape(e.key)}"]`)?.click();
  }
});

function moveRow(by) {
  const rows = [...document.querySelectorAll('[data-row]')];
  if (rows.length === 0) return;
  const at = rows.findIndex(row => row === document.activeElement || row.contains(document.activeElement));
  const from = at >= 0 ? at : rows.findIndex(row => row.getAttribute('aria-selected') === 'true');
  const next = rows[Math.min(rows.length - 1, Math.max(0, from + by))];
  for (const row of rows) if (row !== next) row.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

// ---- live: the server says that there is something new, and the page asks for itself again ----
document.getElementById('live-on')?.addEventListener('change', () => { live.isOn = true; refresh(); });
document.getElementById('live-off')?.addEventListener('change', () => { live.isOn = false; });

const word = document.getElementById('live-word');
let told = null;
function listen() {
  told = new EventSource('/live');
  told.addEventListener('changed', () => {
    if (!live.isOn) { if (word) word.textContent = 'Paused, new events'; return; }
    refresh();
  });
}
listen();

async function refresh() {
  if (document.hidden) return;
  if (live.waiting) { live.again = true; return; }
  live.waiting = true;
  if (word) word.textContent = 'Pause';
  try {
    const answer = await fetch(location.href, { headers: { accept: 'text/html' } });
    if (answer.ok) {
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      for (const id of ['main', 'nav-foot']) {
        const old = document.getElementById(id), fresh = page.getElementById(id);
        if (old && fresh) morph(old, fresh);
      }
    }
  } catch {
    // The server is gone, or will be asked again in a moment.
  } finally {
    live.waiting = false;
    if (live.again) { live.again = false; refresh(); }
  }
}
// A browser keeps few connections to one server: a page that nobody sees holds none.
document.addEventListener('visibilitychange', () => {
  told.close();
  if (document.hidden) return;
  listen();
  if (live.isOn) refresh();
});

// Turns one tree into another and leaves alone what is the same, so that focus, selection and what was opened stay.
function morph(old, fresh) {
  if (old.nodeType !== fresh.nodeType || old.nodeName !== fresh.nodeName || (old.id ?? '') !== (fresh.id ?? '')) {
    old.replaceWith(fresh.cloneNode(true));
    return;
  }
  if (old.nodeType === Node.TEXT_NODE) {
    if (old.data !== fresh.data) old.data = fresh.data;
    return;
  }
  if (old.nodeType !== Node.ELEMENT_NODE || old === document.activeElement && old.matches('input')) return;
  // Rows do not move while somebody points at them.
  if (old.matches('[data-live-rows]') && old.matches(':hover')) return;
  const kept = old.matches('details') ? 'open' : old.matches('[data-row]') ? 'tabindex' : null;
  for (const { name } of [...old.attributes]) if (!fresh.hasAttribute(name) && name !== kept) old.removeAttribute(name);
  for (const { name, value } of fresh.attributes) if (old.getAttribute(name) !== value && name !== kept) old.setAttribute(name, value);
  const known = new Map();
  for (const child of old.children) if (child.id) known.set(child.id, child);
  let at = old.firstChild;
  for (const next of [...fresh.childNodes]) {
    const same = next.id ? known.get(next.id) : null;
    if (same && same !== at) old.insertBefore(same, at);
    const here = same ?? at;
    if (!here || (next.id && !same)) {
      old.insertBefore(next.cloneNode(true), at);
      continue;
    }
    at = here.nextSibling;
    morph(here, next);
  }
  while (at) {
    const gone = at;
    at = at.nextSibling;
    gone.remove();
  }
}
