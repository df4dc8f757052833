import ts from 'typescript';

const never = new Set(
  ['setTimeout', 'setInterval', 'setImmediate', 'queueMicrotask', 'process', 'console'].concat([
    'performance',
    'crypto',
    'fetch',
    'globalThis',
    'require',
    'eval',
    'Function',
    'Temporal',
  ]),
);

/** All that `Date` and `Math` may be used for where time and chance are parameters. */
const harmlessMembers: Readonly<Record<string, RegExp>> = { Date: /^(parse|UTC)$/, Math: /^(?!random$)/ };

/** Uses of what makes code depend on when, where, or by what luck it runs; each as its expression is written. */
export function forbiddenGlobals(file: ts.SourceFile): readonly string[] {
  const declared = new Set<string>();
  const used: ts.Identifier[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      if (isDeclared(node)) declared.add(node.text);
      else if (isUse(node)) used.push(node);
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return used.filter((name) => !declared.has(name.text) && !isHarmless(name)).map(expressionOf);
}

/** A parameter, variable, function or import of this name is the file's own. */
function isDeclared(name: ts.Identifier): boolean {
  const { parent } = name;
  return (
    (ts.isParameter(parent) ||
      ts.isVariableDeclaration(parent) ||
      ts.isBindingElement(parent) ||
      ts.isFunctionDeclaration(parent) ||
      ts.isImportSpecifier(parent) ||
      ts.isImportClause(parent)) &&
    parent.name === name
  );
}

/** Not the name of a member, of a property, of a type. */
function isUse(name: ts.Identifier): boolean {
  const { parent } = name;
  if (ts.isTypeReferenceNode(parent) || ts.isQualifiedName(parent)) return false;
  if (ts.isShorthandPropertyAssignment(parent)) return true;
  const { name: member } = parent as { name?: ts.Node };
  const { propertyName } = parent as { propertyName?: ts.Node };
  return member !== name && propertyName !== name;
}

function isHarmless(name: ts.Identifier): boolean {
  if (never.has(name.text)) return false;
  const members = harmlessMembers[name.text];
  if (members === undefined) return true;
  const { parent } = name;
  if (ts.isNewExpression(parent)) return (parent.arguments ?? []).length > 0;
  if (ts.isPropertyAccessExpression(parent)) return members.test(parent.name.text);
  return ts.isBinaryExpression(parent) && parent.operatorToken.kind === ts.SyntaxKind.InstanceOfKeyword;
}

const expressionOf = (name: ts.Identifier): string => {
  const { parent } = name;
  const isWhole =
    ts.isPropertyAccessExpression(parent) || ts.isNewExpression(parent) || ts.isElementAccessExpression(parent);
  return isWhole ? parent.getText() : name.text;
};
