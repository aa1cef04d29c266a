// Templates of CloudFormation and SAM, held to the resource types that AWS publishes.
import { isDeepStrictEqual } from "node:util";
import { parseDocument } from "yaml";
import { literal, walk } from "./held.mjs";
import { documents, iam } from "./iam.mjs";

const short = ["Sub", "Select", "Split", "If", "Not", "Equals", "Join"];
const customTags = [
  { tag: "!Ref", resolve: (text) => ({ Ref: text }) },
  { tag: "!GetAtt", resolve: (text) => ({ "Fn::GetAtt": [text.slice(0, text.indexOf(".")), text.slice(text.indexOf(".") + 1)] }) },
  ...short.flatMap((name) => [
    { tag: `!${name}`, resolve: (text) => ({ [`Fn::${name}`]: text }) },
    { tag: `!${name}`, collection: "seq", resolve: (seq) => seq },
  ]),
];

// A list behind a tag is read as a list first; its tag makes it the function.
function plain(node) {
  if (node?.items && node.tag?.startsWith("!")) return { [`Fn::${node.tag.slice(1)}`]: node.items.map(plain) };
  if (node?.items?.[0]?.key !== undefined) return Object.fromEntries(node.items.map(({ key, value }) => [key.value, plain(value)]));
  if (node?.items) return node.items.map(plain);
  return node?.value ?? null;
}

export function readStack(text) {
  const read = ["1.1", "1.2"].map((version) => parseDocument(text, { version, customTags, uniqueKeys: true }));
  const errors = read.flatMap(({ errors, warnings }) => [...errors, ...warnings].map(({ message }) => message));
  const [one, two] = read.map(({ contents }) => plain(contents));
  if (!isDeepStrictEqual(one, two)) errors.push("it means one thing in YAML 1.1 and another in 1.2");
  return { stack: one, errors };
}

const pseudo = ["AWS::Partition", "AWS::Region", "AWS::AccountId", "AWS::NoValue", "AWS::URLSuffix", "AWS::StackName", "AWS::StackId"];

// Properties that SAM has and the published types, which are older, have not: sam-resource-function.html.
const newer = { "AWS::Serverless::Function": ["LoggingConfig", "PropagateTags", "AutoPublishAliasAllProperties"] };

// What SAM makes of a function called Function: sam-specification-generated-resources-function.html.
const samMakes = { FunctionUrl: "AWS::Lambda::Url" };

// Where the property of an event of SAM is none of the published ones, for the same reason.
const newerInEvents = { Schedule: [], SQS: ["FunctionResponseTypes", "MaximumBatchingWindowInSeconds", "ScalingConfig"], SNS: ["Region"], EventBridgeRule: ["RuleName", "State"] };

export function stackFaults({ stack, errors }, db) {
  if (errors.length > 0 || !stack?.Resources) return errors.length > 0 ? errors : ["it has no resources"];
  const faults = [];
  const isSam = stack.Transform === "AWS::Serverless-2016-10-31";
  const type = (name) => db.lookup("resource", "cloudFormationType", "equals", name)[0];
  const resources = { ...Object.fromEntries(Object.entries(stack.Resources).map(([name, { Type }]) => [name, Type])), ...(isSam ? samMakes : {}) };
  const parameters = stack.Parameters ?? {};
  const used = new Set();

  function fits(value, wanted, path) {
    if (value !== null && typeof value === "object" && Object.keys(value).length === 1 && /^(Ref|Fn::\w+)$/.test(Object.keys(value)[0])) return [];
    switch (wanted.type) {
      case "string": {
        if (typeof value !== "string") return [`${path} is no text`];
        return wanted.allowedValues && !wanted.allowedValues.includes(value) ? [`${path} is none of ${wanted.allowedValues}`] : [];
      }
      case "integer": return Number.isInteger(value) ? [] : [`${path} is no whole number`];
      case "number": return typeof value === "number" ? [] : [`${path} is no number`];
      case "boolean": return typeof value === "boolean" ? [] : [`${path} is neither true nor false`];
      case "array": return Array.isArray(value) ? value.flatMap((item, at) => fits(item, wanted.element, `${path}/${at}`)) : [`${path} is no list`];
      case "map": return isMap(value) ? Object.entries(value).flatMap(([name, item]) => fits(item, wanted.element, `${path}/${name}`)) : [`${path} is no map`];
      case "tag": return isMap(value) && typeof value.Key === "string" && typeof value.Value === "string" ? [] : [`${path} is no tag`];
      case "json": return [];
      case "ref": return isMap(value) ? members(value, db.get("typeDefinition", wanted.reference.$ref), path) : [`${path} is no map`];
      case "union": {
        const all = wanted.types.map((one) => fits(value, one, path));
        return all.some((one) => one.length === 0) ? [] : all[0];
      }
      default: return [`${path} is of a type that this check does not know: ${wanted.type}`];
    }
  }

  function members(value, shape, path, more = []) {
    const found = [];
    for (const [name, { required }] of Object.entries(shape.properties)) {
      // The published types of SAM ask for both destinations; SAM asks for one.
      if (required && value[name] === undefined && !path.endsWith("/EventInvokeConfig/DestinationConfig")) found.push(`${path}/${name} is missing`);
    }
    for (const [name, inner] of Object.entries(value)) {
      const property = shape.properties[name];
      if (!property && !more.includes(name)) found.push(`${path}/${name} is not known`);
      if (property && !(isSam && name === "Events")) found.push(...fits(inner, property.type, `${path}/${name}`));
    }
    return found;
  }

  function target(name, attribute, path) {
    used.add(name);
    const of = resources[name];
    if (attribute === undefined) {
      if (!of && !parameters[name] && !pseudo.includes(name)) faults.push(`${path} names ${name}, which is not there`);
    } else if (isSam && of === "AWS::Serverless::Function" && ["Alias", "Version"].includes(attribute)) {
      return;
    } else if (!of) faults.push(`${path} names ${name}, which is no resource`);
    else {
      const real = type(of === "AWS::Serverless::Function" ? "AWS::Lambda::Function" : of);
      if (!real?.attributes[attribute]) faults.push(`${path} asks ${name} for ${attribute}, which a ${of} has not`);
    }
  }

  const needs = Object.fromEntries(Object.keys(stack.Resources).map((name) => [name, new Set()]));
  for (const [value, path] of walk(stack)) {
    const at = path.split("/");
    const need = (name) => at[1] === "Resources" && needs[at[2]]?.add(name);
    if (value?.Ref !== undefined) {
      const [name, attribute] = value.Ref.startsWith("AWS::") ? [value.Ref] : value.Ref.split(".");
      target(name, attribute, path);
      need(name);
    }
    if (value?.["Fn::GetAtt"]) {
      target(...value["Fn::GetAtt"], path);
      need(value["Fn::GetAtt"][0]);
    }
    if (value?.["Fn::Sub"]) {
      const holes = [...value["Fn::Sub"].matchAll(/\$\{([^!}][^}]*)\}/g)].map(([, name]) => name);
      if (holes.length === 0) faults.push(`${path} puts in nothing`);
      for (const hole of holes) {
        const [name, attribute] = hole.startsWith("AWS::") ? [hole] : hole.split(".");
        target(name, attribute, path);
        need(name);
      }
    }
    if (value?.["Fn::If"] && !stack.Conditions?.[value["Fn::If"][0]]) faults.push(`${path} asks for a condition that is not there`);
    if (at[3] === "DependsOn" || at[3] === "Condition") {
      const there = at[3] === "DependsOn" ? stack.Resources : stack.Conditions;
      if (typeof value === "string" && !there?.[value]) faults.push(`${path} names ${value}, which is not there`);
      if (at[3] === "DependsOn" && typeof value === "string") need(value);
    }
    if (typeof value === "string" && !(at[1] === "Parameters" && at[3] === "Default") && literal(value)) faults.push(`${path}: ${literal(value)}`);
  }

  for (const [name, { Type, Properties, ...besides }] of Object.entries(stack.Resources)) {
    const shape = type(Type);
    if (!/^[A-Za-z0-9]{1,255}$/.test(name)) faults.push(`${name} is no logical name`);
    for (const other of Object.keys(besides)) if (!["DependsOn", "Condition", "DeletionPolicy", "UpdateReplacePolicy"].includes(other)) faults.push(`${name}/${other} is not known`);
    if (!shape) faults.push(`${name}: ${Type} is not known`);
    else faults.push(...members(Properties, shape, name, newer[Type]));
    for (const [event, { Type: kind, Properties: its }] of Object.entries((isSam && Properties.Events) || {})) {
      const events = db.all("typeDefinition").filter(({ name }) => name === `${kind}Event`);
      if (events.length === 0) faults.push(`${name}/Events/${event}: ${kind} is not known`);
      else faults.push(...members(its, events[0], `${name}/Events/${event}`, newerInEvents[kind]));
    }
    if (Type === "AWS::DynamoDB::Table" && !besides.DeletionPolicy?.startsWith("Retain")) faults.push(`${name} goes with the stack`);
  }
  for (const name of Object.keys(parameters)) if (!used.has(name)) faults.push(`${name} is used nowhere`);
  for (const [document, path] of documents(stack)) faults.push(...iam(document, path));
  faults.push(...circles(needs));
  return faults;
}

const isMap = (value) => value !== null && typeof value === "object" && !Array.isArray(value);

function circles(needs) {
  const done = new Set();
  const visit = (name, above) => {
    if (above.includes(name)) return [`${[...above, name].join(" needs ")}`];
    if (done.has(name) || !needs[name]) return [];
    const found = [...needs[name]].flatMap((next) => visit(next, [...above, name]));
    done.add(name);
    return found;
  };
  return Object.keys(needs).flatMap((name) => visit(name, []));
}
