import { dirname, join } from 'node:path/posix';
import ts from 'typescript';
import { forbiddenGlobals } from './forbidden-globals.ts';

/** What the rules have to know about one file. */
export interface SourceFile {
  /** Below src, with slashes. */
  readonly path: string;
  readonly lines: number;
  /** Tests, and what only tests use, may import whatever they need. */
  readonly isTest: boolean;
  readonly imports: readonly Import[];
  /** Uses of time, chance, and the process, as they are written. */
  readonly globals: readonly string[];
}

export interface Import {
  /** As it is written. */
  readonly specifier: string;
  readonly kind: 'ours' | 'node' | 'vendor';
  /** A path below src (`../tests/…` where it leads out), `node:fs`, or a package's name. */
  readonly target: string;
}

/** Parsed, so that a comment or a text that looks like an import is none. */
export function sourceFile(path: string, text: string): SourceFile {
  const parsed = ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
  return {
    path,
    lines: text.split('\n').length - (text.endsWith('\n') ? 1 : 0),
    isTest: /\.test\.ts$|\/testbed\.ts$/.test(path),
    imports: specifiersIn(parsed).map((specifier) => importOf(path, specifier)),
    globals: forbiddenGlobals(parsed),
  };
}

function specifiersIn(file: ts.SourceFile): readonly string[] {
  const found: string[] = [];
  const visit = (node: ts.Node): void => {
    const named = specifierOf(node);
    if (named !== undefined) found.push(ts.isStringLiteralLike(named) ? named.text : `<${named.getText()}>`);
    ts.forEachChild(node, visit);
  };
  visit(file);
  return found;
}

/** Every way to name a module: static, re-exported, dynamic, of a type alone, and CommonJS's two. */
function specifierOf(node: ts.Node): ts.Node | undefined {
  if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) return node.moduleSpecifier;
  if (ts.isExternalModuleReference(node)) return node.expression;
  if (ts.isImportTypeNode(node)) return ts.isLiteralTypeNode(node.argument) ? node.argument.literal : node.argument;
  if (!ts.isCallExpression(node)) return undefined;
  const isImport = node.expression.kind === ts.SyntaxKind.ImportKeyword || node.expression.getText() === 'require';
  return isImport ? node.arguments[0] : undefined;
}

function importOf(path: string, specifier: string): Import {
  if (specifier.startsWith('.')) return { specifier, kind: 'ours', target: join(dirname(path), specifier) };
  if (specifier.startsWith('node:')) return { specifier, kind: 'node', target: specifier };
  const [scope = '', name] = specifier.split('/');
  return { specifier, kind: 'vendor', target: scope.startsWith('@') && name ? `${scope}/${name}` : scope };
}
