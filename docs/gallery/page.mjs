// Reads lines of `signalbox render` on standard input and writes a page that shows each payload as Slack shows Block Kit.
import { createInterface } from 'node:readline';

const escape = text => text.replace(/&(?!amp;|lt;|gt;)/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');

// Slack's mrkdwn, as far as Signalbox uses it. Dates are shown as their fallback; nothing else in angle brackets is ours but mentions.
const mrkdwn = text => text
  .replace(/<!date\^[^|>]*\|([^>]*)>/g, '$1')
  .replace(/<!(here|channel|everyone)>/g, '\u0001@$1\u0002')
  .replace(/<!subteam\^(\w+)>/g, '\u0001@team\u0002')
  .replace(/<@(\w+)>/g, '\u0001@somebody\u0002')
  .split(/(```[\s\S]*?```|`[^`\n]+`)/)
  .map(part => part.startsWith('```') ? `<pre>${escape(part.slice(3, -3))}</pre>`
    : part.startsWith('`') && part.length > 2 ? `<code>${escape(part.slice(1, -1))}</code>`
    : escape(part).replace(/(^|[\s(])\*([^*\n]+)\*(?=$|[\s).,:;!?])/g, '$1<b>$2</b>').replace(/(^|[\s(])_([^_\n]+)_(?=$|[\s).,:;!?])/g, '$1<i>$2</i>').replace(/\n/g, '<br>'))
  .join('')
  .replace(/\u0001([^\u0002]*)\u0002/g, '<span class="mention">$1</span>');

const text = object => object.type === 'plain_text' ? escape(object.text) : mrkdwn(object.text);

const block = it => ({
  section: () => (it.text ? `<p>${text(it.text)}</p>` : '') + (it.fields ? `<div class="fields">${it.fields.map(field => `<p>${text(field)}</p>`).join('')}</div>` : ''),
  actions: () => `<div class="actions">${it.elements.map(button => `<span class="button">${text(button.text)}</span>`).join('')}</div>`,
  context: () => `<div class="context">${it.elements.map(text).join(' ')}</div>`,
})[it.type]?.() ?? '';

const message = payload => `<article><div class="icon">s</div><div><header><b>Signalbox</b> <span class="app">APP</span> <time>2:11 AM</time></header>${payload.blocks.map(block).join('')}</div></article>`;

const lines = [];
for await (const line of createInterface({ input: process.stdin })) if (line.trim()) lines.push(JSON.parse(line).payload);

console.log(`<!doctype html><meta charset="utf-8"><style>
  body { margin: 0; padding: 14px 18px 16px; width: 640px; font: 15px/1.46 Lato, "DejaVu Sans", "Noto Color Emoji", sans-serif; color: #1d1c1d; background: #fff; }
  article { display: grid; grid-template-columns: 36px 1fr; gap: 9px; margin-bottom: 16px; } article:last-child { margin-bottom: 0; }
  .icon { width: 36px; height: 36px; border-radius: 6px; background: #14532d; color: #fff; font: bold 20px/34px "DejaVu Serif", serif; text-align: center; }
  header { line-height: 1.3; } .app { font-size: 10px; background: #eee; color: #616061; border-radius: 2px; padding: 1px 3px; } time { font-size: 12px; color: #616061; }
  p { margin: 4px 0; overflow-wrap: anywhere; } .fields { display: grid; grid-template-columns: 1fr 1fr; gap: 0 16px; }
  .actions { margin: 6px 0; } .button { display: inline-block; border: 1px solid #b9b9ba; border-radius: 4px; padding: 3px 12px; margin: 0 8px 6px 0; font-weight: bold; font-size: 14px; }
  .context { color: #616061; font-size: 12.5px; } code { color: #c01343; background: #f6f6f6; border: 1px solid #ddd; border-radius: 3px; padding: 1px 3px; font-size: 13px; }
  pre { background: #f6f6f6; border: 1px solid #ddd; border-radius: 4px; padding: 8px; white-space: pre-wrap; } .mention { background: #fdf2d0; color: #1264a3; border-radius: 3px; padding: 0 2px; }
</style><body>${lines.map(message).join('')}`);
