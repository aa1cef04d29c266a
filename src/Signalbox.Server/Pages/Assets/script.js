// The pages work without this. With it they stay up to date, speak the reader's time and can be driven from the keyboard.
'use strict';
(() => {
  const root = document.documentElement;
  const stored = name => { try { return localStorage.getItem(name); } catch { return null; } };
  const store = (name, value) => { try { localStorage.setItem(name, value); } catch { /* a browser that keeps nothing */ } };
  root.classList.add('live');
  if (stored('theme')) root.dataset.theme = stored('theme');

  // Times: the server writes UTC into the attribute, the reader sees their own zone.
  const pad = number => String(number).padStart(2, '0');
  const day = at => `${at.getFullYear()}-${pad(at.getMonth() + 1)}-${pad(at.getDate())}`;
  const clock = at => `${pad(at.getHours())}:${pad(at.getMinutes())}`;
  const zone = () => new Intl.DateTimeFormat('en', { timeZoneName: 'short' }).formatToParts(new Date()).find(part => part.type === 'timeZoneName')?.value ?? '';
  const two = (large, unit, small, smaller) => small ? `${large} ${unit} ${small} ${smaller}` : `${large} ${unit}`;
  const length = seconds => {
    const s = Math.max(0, Math.floor(seconds));
    if (s < 60) return `${s} s`;
    if (s < 3600) return two(Math.floor(s / 60), 'min', s % 60, 's');
    if (s < 86400) return two(Math.floor(s / 3600), 'h', Math.floor(s / 60) % 60, 'min');
    return two(Math.floor(s / 86400), 'd', Math.floor(s / 3600) % 24, 'h');
  };
  const ago = seconds => seconds < 10 ? 'just now' : seconds < 60 ? `${Math.floor(seconds)} s ago` : seconds < 3600 ? `${Math.floor(seconds / 60)} min ago`
    : seconds < 86400 ? `${Math.floor(seconds / 3600)} h ago` : `${Math.floor(seconds / 86400)} d ago`;
  // A clock of this machine that runs behind or ahead must not make lengths wrong.
  const ahead = Date.now() - (Date.parse(document.querySelector('meta[name="now"]')?.content ?? '') || Date.now());
  const forms = {
    clock: at => clock(at),
    second: at => `${clock(at)}:${pad(at.getSeconds())}`,
    full: at => `${day(at)} ${clock(at)} ${zone()}`,
    day: at => new Intl.DateTimeFormat('en-GB', { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(at),
    ago: at => ago((Date.now() - ahead - at) / 1000),
    since: at => length((Date.now() - ahead - at) / 1000),
  };
  const tell = (within, only) => {
    for (const time of within.querySelectorAll('time[data-as]')) {
      const as = time.dataset.as;
      if (only && as !== 'ago' && as !== 'since') continue;
      const at = new Date(time.dateTime);
      if (isNaN(at)) continue;
      const text = forms[as]?.(at);
      if (text && time.textContent !== text) time.textContent = text;
      if (!only) time.title = `${day(at)} ${clock(at)}:${pad(at.getSeconds())} ${zone()}`;
    }
  };

  // The server answers in the reader's zone too: "silence tomorrow" ends in their morning.
  document.cookie = `zone=${Intl.DateTimeFormat().resolvedOptions().timeZone}; path=/; max-age=31536000; samesite=strict`;

  // Unread: when this browser last looked at each room.
  const seen = room => Number(stored(`seen:${room}`) ?? 0);
  const look = () => {
    const room = document.body.dataset.room;
    if (room && !document.hidden) store(`seen:${room}`, String(Date.now() - ahead));
    let all = 0;
    for (const place of document.querySelectorAll('[data-times]')) {
      const count = place.dataset.room === room ? 0 : place.dataset.times.split(' ').filter(time => Number(time) > seen(place.dataset.room)).length;
      all += count;
      place.hidden = count === 0;
      place.textContent = count > 99 ? '99+' : String(count);
      place.setAttribute('aria-label', `${count} unread`);
      place.closest('a')?.classList.toggle('has-unread', count > 0);
    }
    document.title = (all ? `(${all}) ` : '') + document.title.replace(/^\(\d+\) /, '');
  };

  // Swaps what the server renders now for what it rendered before: only pieces that differ, by their ids.
  const before = new Map();
  // How long ago something was is this script's to say: it alone is no difference.
  const markup = piece => piece.outerHTML.replace(/(<time [^>]*data-as="(?:ago|since)"[^>]*>)[^<]*/g, '$1');
  const remember = within => { for (const piece of within.querySelectorAll('[data-live] > [id]')) before.set(piece.id, markup(piece)); };
  const swap = (old, fresh) => {
    for (const details of fresh.querySelectorAll('details[id]')) {
      const known = document.getElementById(details.id);
      if (known) details.open = known.open;
    }
    const focus = old.contains(document.activeElement) ? document.activeElement : null;
    const places = [...old.querySelectorAll('a, button, input, summary')];
    const at = focus ? places.indexOf(focus) : -1;
    old.replaceWith(fresh);
    if (at >= 0) [...fresh.querySelectorAll('a, button, input, summary')][at]?.focus({ preventScroll: true });
  };
  const merge = (here, there) => {
    const kept = new Set();
    let last = null;
    for (const fresh of [...there.children]) {
      kept.add(fresh.id);
      const text = markup(fresh);
      const known = document.getElementById(fresh.id);
      let placed = known;
      if (!known || known.parentElement !== here) {
        placed = document.adoptNode(fresh);
        placed.classList.add('fresh');
        last ? last.after(placed) : here.prepend(placed);
      } else if (before.get(fresh.id) !== text) {
        placed = document.adoptNode(fresh);
        swap(known, placed);
      }
      before.set(placed.id, text);
      if (last ? last.nextElementSibling !== placed : here.firstElementChild !== placed) last ? last.after(placed) : here.prepend(placed);
      last = placed;
    }
    for (const old of [...here.children]) if (!kept.has(old.id)) { before.delete(old.id); old.remove(); }
  };
  const atEnd = () => window.innerHeight + window.scrollY >= document.documentElement.scrollHeight - 80;
  const show = text => {
    const page = new DOMParser().parseFromString(text, 'text/html');
    const stay = atEnd() && document.body.dataset.room;
    for (const here of document.querySelectorAll('[data-live]')) {
      const there = page.getElementById(here.id);
      if (!there) continue;
      if (here.dataset.live !== 'whole') merge(here, there);
      else if (before.get(here.id) !== markup(there)) {
        before.set(here.id, markup(there));
        here.replaceChildren(...there.childNodes);
      }
    }
    document.title = page.title;
    tell(document);
    look();
    if (stay) window.scrollTo(0, document.documentElement.scrollHeight);
  };
  let busy = false, again = false;
  const refresh = async () => {
    if (busy) { again = true; return; }
    busy = true;
    // The word comes when a post was made, a moment before history has it.
    await new Promise(done => setTimeout(done, 60));
    try {
      const answer = await fetch(location.href, { headers: { 'X-Live': '1' }, cache: 'no-store' });
      if (answer.ok) show(await answer.text());
    } catch { /* the stream says when the server is back */ }
    await new Promise(done => setTimeout(done, 250));
    busy = false;
    if (again) { again = false; refresh(); }
  };
  const listen = () => {
    if (document.body.dataset.live === undefined) return;
    const stream = new EventSource(`/live${document.body.dataset.room ? `?room=${encodeURIComponent(document.body.dataset.room)}` : ''}`);
    const pulse = document.querySelector('.pulse');
    let lost = false;
    stream.onopen = () => {
      if (pulse) { pulse.classList.remove('lost'); pulse.textContent = 'live'; }
      if (lost) refresh();
      lost = false;
    };
    stream.onerror = () => { lost = true; if (pulse) { pulse.classList.add('lost'); pulse.textContent = 'not connected'; } };
    stream.onmessage = refresh;
  };

  // The composer answers in place.
  const compose = async form => {
    const answer = await fetch(form.action || location.href, { method: 'POST', headers: { 'X-Live': '1' }, body: new URLSearchParams(new FormData(form)) });
    const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
    const place = document.getElementById('answer');
    const fresh = page.getElementById('answer');
    if (place && fresh) place.replaceChildren(...fresh.childNodes);
    if (!answer.ok && place && !fresh) place.textContent = `The server answered ${answer.status}.`;
    const line = form.querySelector('input[name="text"]:not([type="hidden"])');
    if (line && answer.ok) { keep(line.value); line.value = ''; }
    await refresh();
  };
  const lines = () => { try { return JSON.parse(stored('lines') ?? '[]'); } catch { return []; } };
  const keep = line => { if (line) store('lines', JSON.stringify([line, ...lines().filter(each => each !== line)].slice(0, 30))); };
  let back = -1;

  // Keyboard
  const stops = () => [...document.querySelectorAll('[data-stop]')].map(each => each.matches('a') ? each : each.querySelector('a, summary, button') ?? each);
  const move = step => {
    const all = stops();
    const now = all.findIndex(each => each === document.activeElement || each.closest('[data-stop]')?.contains(document.activeElement));
    const next = all[now < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, now + step))];
    next?.focus();
    next?.closest('[data-stop]')?.scrollIntoView({ block: 'nearest' });
  };
  const help = () => { const box = document.getElementById('help'); box?.open ? box.close() : box?.showModal(); };
  const go = { r: '/', n: '/now', t: '/timeline', h: '/history', o: '/routing', e: '/health', y: '/try' };
  let after = false;
  const press = event => {
    const field = event.target.closest?.('input, textarea, select');
    if (field) {
      if (event.key === 'Escape') field.blur();
      if (field.dataset.lines !== undefined && (event.key === 'ArrowUp' || event.key === 'ArrowDown')) {
        back = Math.min(lines().length - 1, Math.max(-1, back + (event.key === 'ArrowUp' ? 1 : -1)));
        field.value = back < 0 ? '' : lines()[back];
        event.preventDefault();
      }
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (after) { after = false; if (go[event.key]) { location.href = go[event.key]; event.preventDefault(); } return; }
    const key = { j: () => move(1), k: () => move(-1), '?': help, g: () => { after = true; setTimeout(() => { after = false; }, 1200); },
      '/': () => document.querySelector('[data-line]')?.focus() }[event.key];
    if (key) { key(); event.preventDefault(); }
  };

  document.addEventListener('DOMContentLoaded', () => {
    remember(document);
    for (const whole of document.querySelectorAll('[data-live="whole"]')) before.set(whole.id, markup(whole));
    tell(document);
    look();
    listen();
    if (document.body.dataset.room && !location.hash && !location.search) window.scrollTo(0, document.documentElement.scrollHeight);
    setInterval(() => tell(document, true), 1000);
  });
  document.addEventListener('visibilitychange', look);
  document.addEventListener('keydown', press);
  document.addEventListener('submit', event => {
    if (event.target.dataset.compose === undefined) return;
    event.preventDefault();
    compose(event.target);
  });
  document.addEventListener('click', event => {
    const button = event.target.closest?.('[data-do]');
    if (!button) return;
    if (button.dataset.do === 'help') help();
    if (button.dataset.do === 'theme') {
      const dark = root.dataset.theme ? root.dataset.theme === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
      root.dataset.theme = dark ? 'light' : 'dark';
      store('theme', root.dataset.theme);
    }
  });
})();
