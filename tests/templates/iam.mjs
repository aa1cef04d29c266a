// Documents of IAM: version, effect, actions, and no right on everything but where the page about rights says why.
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { walk } from "./held.mjs";

const page = readFileSync(join(dirname(fileURLToPath(import.meta.url)), "../../docs/rights.md"), "utf8");
const wide = page.split("\n").filter((line) => line.includes("| `*` |")).map((line) => line.match(/^\| `(\w+)`/)[1]);

const known = ["Sid", "Effect", "Principal", "Action", "Resource", "Condition"];

export function iam(document, path) {
  const faults = [];
  if (document.Version !== "2012-10-17") faults.push(`${path} has no Version 2012-10-17`);
  for (const name of Object.keys(document)) if (!["Version", "Id", "Statement"].includes(name)) faults.push(`${path}/${name} is not known`);
  const names = document.Statement.map(({ Sid }) => Sid).filter(Boolean);
  if (new Set(names).size !== names.length) faults.push(`${path} has a Sid twice`);
  document.Statement.forEach((statement, at) => {
    const here = `${path}/Statement/${at}`;
    for (const name of Object.keys(statement)) if (!known.includes(name)) faults.push(`${here}/${name} is not known`);
    if (!["Allow", "Deny"].includes(statement.Effect)) faults.push(`${here} has no Effect`);
    if (statement.Sid !== undefined && !/^[A-Za-z0-9]+$/.test(statement.Sid)) faults.push(`${here} has a Sid with signs`);
    for (const action of [statement.Action].flat()) if (!/^[a-z0-9-]+:[A-Z][A-Za-z]+$/.test(action ?? "")) faults.push(`${here}: ${action} is no service:Action`);
    if (statement.Principal === undefined && statement.Resource === undefined) faults.push(`${here} has neither Principal nor Resource`);
    if ([statement.Resource].flat().includes("*") && !wide.includes(statement.Sid)) faults.push(`${here} is on everything, and rights.md does not say why`);
    if (statement.Principal !== undefined && !statement.Principal.Service?.endsWith(".amazonaws.com")) faults.push(`${here} lets in something else than a service`);
  });
  return faults;
}

export const documents = (value) => [...walk(value)].filter(([found]) => Array.isArray(found?.Statement));
