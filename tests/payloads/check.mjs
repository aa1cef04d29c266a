// Renders the whole corpus for Slack and Teams, and asks other people's programs whether the payloads are right; and holds the schema for editors to settings.
//   node check.mjs TOOL      TOOL is the command-line tool
import { execFileSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import vm from "node:vm";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { isDeepStrictEqual } from "node:util";
import Ajv from "ajv";
import Ajv2020 from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { parse } from "yaml";

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
  for (const name of chat === "slack" ? [chat, "slack-buttons"] : [chat]) {
    const golden = readFileSync(join(here, `../Signalbox.Tests/Render/Golden/${name}.jsonc`), "utf8").split(/^\/\/ (.*)$/m);
    for (let at = 1; at < golden.length; at += 2) posts.push({ name: `golden ${golden[at]}`, payload: JSON.parse(golden[at + 1]) });
  }
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
  const schema = cardSchema();
  const posts = rendered("teams");
  for (const { name, payload } of posts) {
    held(`teams ${name}`, card(payload.attachments[0].content, cards));
    held(`teams ${name} by the schema`, schema(payload.attachments[0].content));
  }
  const wrong = { type: "AdaptiveCard", version: "1.2", body: [{ type: "FactSet", facts: [{ title: "a", valeu: "b" }] }, { type: "Nonsense" }] };
  held("a wrong card is refused", refused(card(wrong, cards)));
  for (const [what, change] of Object.entries(mistakes)) {
    const broken = structuredClone(posts.find(({ payload }) => payload.attachments[0].content.actions).payload.attachments[0].content);
    change(broken);
    held(`a card with ${what} is refused by the schema`, refused(schema(broken)));
  }
  return posts.length;
}

const refused = (faults) => (faults.length > 0 ? [] : ["it passed"]);

// What is done to a card that is right, so that a schema which accepts everything would be found out.
const mistakes = {
  "a member that there is not": (card) => (card.boddy = card.body),
  "an element of no known type": (card) => (card.body[0].type = "TextBlok"),
  "a text that is a number": (card) => (card.body = [{ type: "TextBlock", text: 7 }]),
  "a fact without its value": (card) => card.body.push({ type: "FactSet", facts: [{ title: "a" }] }),
  "a button that leads nowhere": (card) => delete card.actions[0].url,
  "an address that is none": (card) => (card.actions[0].url = "https://a b"),
  "columns that are no list": (card) => card.body.push({ type: "ColumnSet", columns: {} }),
};

function validator(ajv, schema) {
  const validate = addFormats(ajv).compile(schema);
  return (value) => (validate(value) ? [] : validate.errors.slice(0, 3).map(({ instancePath, message }) => `${instancePath || "/"} ${message}`));
}

// The schema is of draft 6, but names itself as drafts before that did and annotates with keywords of its own. "msteams" is what Teams adds to cards.
function cardSchema() {
  const { id, ...schema } = JSON.parse(readFileSync(join(here, "adaptive-card-1.5.0.json"), "utf8"));
  const ajv = new Ajv({ strict: false });
  ajv.addMetaSchema(JSON.parse(readFileSync(join(here, "node_modules/ajv/dist/refs/json-schema-draft-06.json"), "utf8")));
  const validate = validator(ajv, schema);
  return ({ msteams, ...content }) => validate(content);
}

// The schema for editors: strict, so that a keyword with a slip of the pen in it is found. It need not see every mistake that the reader sees.
function settings() {
  const schema = validator(new Ajv2020({ strict: true, allowUnionTypes: true }), JSON.parse(readFileSync(join(here, "../../docs/signalbox.schema.json"), "utf8")));
  const file = (path) => parse(readFileSync(join(here, path), "utf8"));
  for (const path of ["../../samples/signalbox.yaml", "../Signalbox.Settings.Tests/Valid/fullest.yaml"]) held(`settings ${path}`, schema(file(path)));
  const seen = ["bad-pace", "bad-severity", "empty-reference", "room-is-a-word", "route-not-in-a-list", "who-is-in-charge", "unknown-chat-key", "unknown-key"];
  for (const name of seen) held(`settings ${name} are refused`, refused(schema(file(`../Signalbox.Settings.Tests/Invalid/${name}.yaml`))));
}

settings();
const counted = { slack: slack(), teams: teams() };
held("there are payloads to check", counted.slack > 50 && counted.teams > 50 ? [] : [JSON.stringify(counted)]);
for (const failure of failures.slice(0, 20)) console.log(`failed ${failure}`);
console.log(`${passed} passed, ${failures.length} failed, 0 skipped in payloads`);
process.exitCode = failures.length > 0 ? 1 : 0;
