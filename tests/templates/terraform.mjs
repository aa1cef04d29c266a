// Configurations of Terraform: read and formatted by its own library, and held to the arguments that its provider for AWS publishes.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import hcl2json from "@cdktf/hcl2json";
import hclTools from "@cdktf/hcl-tools";
import { literal, walk } from "./held.mjs";
import { documents, iam } from "./iam.mjs";

// Names, required ones with "!", and kinds of arguments of the resources in use; attributes that can be asked for. Provider 6.25, with what 6.29 added to
// aws_lambda_permission.
const provider = JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.url)), "aws-provider.json"), "utf8"));
const meta = ["depends_on", "lifecycle", "count", "for_each", "provider"];

export async function terraformFaults(text) {
  const faults = [];
  if ((await hclTools.format(text)) !== text) faults.push("terraform fmt would change it");
  let read;
  try {
    read = await hcl2json.parse("main.tf", text);
  } catch (fault) {
    return [...faults, String(fault).split("\n")[0]];
  }
  for (const [type, named] of Object.entries(read.resource)) {
    if (!provider[type]) faults.push(`${type} is not known`);
    else for (const [name, [body]] of Object.entries(named)) faults.push(...fits(body, provider[type].arguments, `${type}.${name}`, meta));
  }

  const code = text.split("\n").filter((line) => !/^\s*#/.test(line)).join("\n");
  const used = new Set();
  for (const [whole, data, type, name, attribute] of code.matchAll(/(?<![\w."-])(data\.)?(aws_\w+)\.(\w+)(?:\.(\w+))?/g)) {
    const there = data ? read.data : read.resource;
    if (!there?.[type]?.[name]) faults.push(`${whole} is not there`);
    else if (attribute && !provider[type]?.attributes.includes(attribute)) faults.push(`${whole}: there is no ${attribute}`);
  }
  for (const [, name] of code.matchAll(/\bvar\.(\w+)/g)) {
    used.add(name);
    if (!read.variable?.[name]) faults.push(`var.${name} is not there`);
  }
  for (const [, name] of code.matchAll(/\blocal\.(\w+)/g)) if (!read.locals?.some((locals) => name in locals)) faults.push(`local.${name} is not there`);
  for (const name of Object.keys(read.variable ?? {})) if (!used.has(name)) faults.push(`var.${name} is used nowhere`);

  const { variable, ...rest } = read;
  for (const [value, path] of walk({ ...rest, variable: undefined })) {
    // The address of the store names the region of its table.
    if (path === "/resource/aws_dynamodb_table/store/0/region") continue;
    if (typeof value === "string" && literal(value)) faults.push(`${path}: ${literal(value)}`);
    const encoded = typeof value === "string" && value.match(/^\$\{jsonencode\(([\s\S]*)\)\}$/);
    if (!encoded) continue;
    const document = (await hcl2json.parse("x.tf", `locals {\n  x = ${encoded[1]}\n}\n`)).locals[0].x;
    for (const [found, inner] of documents(document)) faults.push(...iam(found, path + inner));
  }
  return faults;
}

const isExpression = (value) => typeof value === "string" && value.includes("${");

function fits(body, shape, path, more = []) {
  const faults = [];
  const known = Object.fromEntries(Object.entries(shape).map(([name, kind]) => [name.replace("!", ""), kind]));
  for (const name of Object.keys(shape)) if (name.endsWith("!") && body[name.slice(0, -1)] === undefined) faults.push(`${path}.${name.slice(0, -1)} is missing`);
  for (const [name, value] of Object.entries(body)) {
    const kind = known[name];
    if (more.includes(name)) continue;
    if (kind === undefined) faults.push(`${path}.${name} is not known`);
    else if (typeof kind === "object") {
      if (!Array.isArray(value)) faults.push(`${path}.${name} is no block`);
      else value.forEach((inner) => faults.push(...fits(inner, kind, `${path}.${name}`)));
    } else if (!isExpression(value) && !suits(value, kind)) faults.push(`${path}.${name} is no ${kind}`);
  }
  return faults;
}

const suits = (value, kind) =>
  ({ string: typeof value === "string", number: typeof value === "number", bool: typeof value === "boolean", list: Array.isArray(value),
    map: typeof value === "object" && !Array.isArray(value) })[kind];
