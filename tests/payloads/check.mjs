// Renders the whole corpus for Slack and Teams, and asks other people's programs whether the payloads are right.
//   node check.mjs TOOL      TOOL is the command-line tool
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import vm from "node:vm";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";

const here = dirname(fileURLToPath(import.meta.url));
const tool = process.argv[2] ?? join(here, "../../artifacts/dotnet/bin/Signalbox.Cli/debug_net10.0/Signalbox.Cli");
let passed = 0;
const failures = [];

function held(what, faults) {
  if (faults.length === 0) passed++;
  else failures.push(`${what}: ${faults.join("; ")}`);
}

function corpus() {
  const folder = join(here, "../Corpus");
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.parentPath !== folder && !entry.name.endsWith(".told"))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

function rendered(chat) {
  const lines = execFileSync(tool, ["render", "--chat", chat, ...corpus()], { maxBuffer: 1 << 30, encoding: "utf8" }).split("\n").filter(Boolean);
  const posts = lines.map((line) => JSON.parse(line)).map(({ file, payload }) => ({ name: file.replace(/.*Corpus./, ""), payload }));
  const golden = readFileSync(join(here, `../Signalbox.Tests/Render/Golden/${chat}.jsonc`), "utf8").split(/^\/\/ (.*)$/m);
  for (let at = 1; at < golden.length; at += 2) posts.push({ name: `golden ${golden[at]}`, payload: JSON.parse(golden[at + 1]) });
  return posts;
}

// Slack: the compiler checks each payload as a literal, so that a member too much is an error too.
function slack() {
  const generated = join(here, "generated");
  mkdirSync(generated, { recursive: true });
  const posts = rendered("slack").filter(({ payload }) => payload.blocks);
  const source = [
    'import type { KnownBlock } from "@slack/types";',
    "type Message = { channel?: string; text: string; unfurl_links: boolean; unfurl_media: boolean; blocks: KnownBlock[] };",
    "export const messages: Message[] = [];",
    "// @ts-expect-error a block that Slack does not know must not pass, or this check is blind",
    'messages.push({ text: "", unfurl_links: false, unfurl_media: false, blocks: [{ type: "section", txt: { type: "mrkdwn", text: "" } }] });',
    ...posts.map(({ name, payload }) => `/* ${name.replaceAll("*/", "")} */ messages.push(${JSON.stringify(payload)});`),
  ];
  writeFileSync(join(generated, "slack.ts"), source.join("\n") + "\n");
  const options = ["--noEmit", "--strict", "--skipLibCheck", "false", "--module", "nodenext", "--target", "es2022", "--types", "", join(generated, "slack.ts")];
  try {
    execFileSync(process.execPath, [join(here, "node_modules/typescript/bin/tsc"), ...options], { encoding: "utf8" });
    passed += posts.length;
  } catch (fault) {
    failures.push(`slack: ${String(fault.stdout).slice(0, 4000)}`);
  }
  return posts.length;
}

// Teams: the renderer's own parser, held to version 1.2. What it does not know it drops, so what it writes must be what it read.
function card(content, cards) {
  const faults = [];
  const context = new cards.SerializationContext(cards.Versions.v1_2);
  const parsed = new cards.AdaptiveCard();
  parsed.parse(content, context);
  for (let at = 0; at < context.eventCount; at++) faults.push(context.getEventAt(at).message);
  for (const event of parsed.validateProperties().validationEvents) faults.push(event.message);
  const written = parsed.toJSON(new cards.SerializationContext(cards.Versions.v1_2));
  const lost = difference(content, written, "");
  if (lost) faults.push(lost);
  return faults;
}

function difference(read, written, path) {
  if (read !== null && typeof read === "object") {
    for (const [name, value] of Object.entries(read)) {
      if (path === "" && (name === "$schema" || name === "msteams")) continue;
      const found = written?.[name];
      const fault = found === undefined ? `${path}/${name} is not known` : difference(value, found, `${path}/${name}`);
      if (fault) return fault;
    }
    return null;
  }
  const same = isDeepStrictEqual(read, written) || String(read).toLowerCase() === String(written).toLowerCase();
  return same ? null : `${path} is ${JSON.stringify(read)}, read as ${JSON.stringify(written)}`;
}

// The package's bundle is for browsers; its parser needs no more of one than a name for the world.
function renderer() {
  const world = { window: {}, console };
  world.self = world.window;
  vm.runInNewContext(readFileSync(join(here, "node_modules/adaptivecards/dist/adaptivecards.js"), "utf8"), world);
  return world.AdaptiveCards ?? world.window.AdaptiveCards;
}

function teams() {
  const cards = renderer();
  const posts = rendered("teams");
  for (const { name, payload } of posts) held(`teams ${name}`, card(payload.attachments[0].content, cards));
  const wrong = { type: "AdaptiveCard", version: "1.2", body: [{ type: "FactSet", facts: [{ title: "a", valeu: "b" }] }, { type: "Nonsense" }] };
  held("a wrong card is refused", card(wrong, cards).length > 0 ? [] : ["it passed"]);
  return posts.length;
}

const counted = { slack: slack(), teams: teams() };
held("there are payloads to check", counted.slack > 50 && counted.teams > 50 ? [] : [JSON.stringify(counted)]);
for (const failure of failures.slice(0, 20)) console.log(`failed ${failure}`);
console.log(`${passed} passed, ${failures.length} failed, 0 skipped in payloads`);
process.exitCode = failures.length > 0 ? 1 : 0;
