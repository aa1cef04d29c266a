// Counts what held and what did not.
let count = 0;
export const failures = [];
export const passed = () => count;

export function held(what, faults) {
  if (faults.length === 0) count++;
  else failures.push(`${what}: ${faults.join("; ")}`);
}

export const refused = (faults) => (faults.length > 0 ? [] : ["it passed"]);

// Every object and text in a value, with its path.
export function* walk(value, path = "") {
  yield [value, path];
  if (value !== null && typeof value === "object") for (const [name, inner] of Object.entries(value)) yield* walk(inner, `${path}/${name}`);
}

// What settings and policy.json name in full: it is theirs, and the package names it too.
const named = ["arn:aws:sns:eu-west-1:222222222222:told", "arn:aws:s3:::reports/", "dynamodb://shared?region=us-east-1"];

// An account, a region or a partition that is written down.
export function literal(text) {
  const rest = named.reduce((left, name) => left.replaceAll(name, ""), text);
  const found = rest.match(/\b\d{12}\b|\b(?:us|eu|ap|sa|ca|me|af|il|cn)(?:-gov)?-[a-z]+-\d\b|\barn:aws(?:-[a-z]+)*:/);
  return found ? `"${found[0]}" is written down` : null;
}
