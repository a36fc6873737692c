import ts from 'typescript';

/** Functions that a rule answers with: what is refused, and why somebody may not be contacted. */
const ANSWERS = ['refuse', 'reason'];
/** Stands for the code where the rule is given it by a table. */
const CHOSEN = 'chosen';

/** One place in the code where a rule says no. */
export interface Rule {
  /** File, function and code; a number where one function says the same at several places. */
  readonly id: string;
  readonly file: string;
  readonly by: string;
  /** Of more than one where the place chooses, of none where the code comes from elsewhere. */
  readonly codes: readonly string[];
}

/**
 * A source in which each rule can be taken out: its condition holds only while its switch is on, and where it has none of its own,
 * nothing comes in the place of its answer. `__rule(id)` is asked only where the rule would answer.
 *
 * @param file from the root of the repository
 */
export function withSwitches(
  file: string,
  source: string,
): { readonly code: string; readonly rules: readonly Rule[] } {
  const rules: Rule[] = [];
  const before: ts.TransformerFactory<ts.SourceFile> = (context) => (root) => {
    const switched = conditionsOf(root, (call) => {
      const known = rules.filter(
        ({ id }) => id === idOf(file, call) || id.startsWith(`${idOf(file, call)} `),
      );
      const number = known.length === 0 ? '' : ` ${known.length + 1}`;
      const rule = { id: idOf(file, call) + number, file, by: nameOf(call), codes: codesOf(call) };
      rules.push(rule);
      return rule.id;
    });
    const visit = (node: ts.Node): ts.Node => {
      const seen = ts.visitEachChild(node, visit, context);
      return switched(node, seen, context.factory);
    };
    return ts.visitEachChild(root, visit, context);
  };
  const options = { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022, esModuleInterop: true };
  const made = ts.transpileModule(source, { compilerOptions: options, transformers: { before: [before] } });
  return { code: made.outputText, rules };
}

type Switched = (node: ts.Node, seen: ts.Node, factory: ts.NodeFactory) => ts.Node;

/** Finds what to switch for each answer before anything is changed, and tells how a node is changed. */
function conditionsOf(root: ts.SourceFile, enter: (call: ts.CallExpression) => string): Switched {
  const when = new Map<ts.Node, string[]>();
  const unless = new Map<ts.Node, string[]>();
  const plain = new Map<ts.Node, string[]>();
  const add = (map: Map<ts.Node, string[]>, node: ts.Node, id: string) =>
    map.set(node, [...(map.get(node) ?? []), id]);
  const find = (node: ts.Node): void => {
    if (isAnswer(node)) {
      const id = enter(node);
      const [kind, condition] = conditionOf(node);
      add({ when, unless, plain }[kind], condition, id);
    }
    ts.forEachChild(node, find);
  };
  find(root);
  return (node, seen, factory) => {
    const asked = (ids: readonly string[]) =>
      ids
        .map((id): ts.Expression => {
          const name = factory.createIdentifier('__rule');
          return factory.createCallExpression(name, undefined, [factory.createStringLiteral(id)]);
        })
        .reduce((all, one) => factory.createLogicalAnd(all, one));
    const own = seen as ts.Expression;
    const [on, off, alone] = [when, unless, plain].map((map) => map.get(node));
    if (on || off) {
      const holds = on
        ? factory.createLogicalAnd(factory.createParenthesizedExpression(own), asked(on))
        : own;
      if (off === undefined) return holds;
      const not = factory.createLogicalNot(factory.createParenthesizedExpression(asked(off)));
      return factory.createLogicalOr(factory.createParenthesizedExpression(holds), not);
    }
    if (alone === undefined) return seen;
    const nothing = factory.createIdentifier('undefined');
    return factory.createParenthesizedExpression(
      factory.createConditionalExpression(asked(alone), undefined, own, undefined, nothing),
    );
  };
}

function isAnswer(node: ts.Node): node is ts.CallExpression {
  return (
    ts.isCallExpression(node) && ts.isIdentifier(node.expression) && ANSWERS.includes(node.expression.text)
  );
}

/** The condition that the answer hangs on alone: of `a ? b : c`, or of an `if` that does nothing else. */
function conditionOf(
  call: ts.CallExpression,
): readonly [kind: 'when' | 'unless' | 'plain', condition: ts.Node] {
  let from: ts.Node = call;
  while (!ts.isFunctionLike(from.parent) && !ts.isSourceFile(from.parent)) {
    const { parent } = from;
    if (ts.isConditionalExpression(parent) && from !== parent.condition) {
      return [from === parent.whenTrue ? 'when' : 'unless', parent.condition];
    }
    if (ts.isIfStatement(parent)) {
      if (from === parent.expression || from === parent.elseStatement) break;
      return ['when', parent.expression];
    }
    // Of `a && b` alone b goes.
    if (ts.isBinaryExpression(parent) && from === parent.right) break;
    if (ts.isBlock(parent) && parent.statements.length > 1) break;
    if (ts.isCaseOrDefaultClause(parent) || ts.isIterationStatement(parent, false)) break;
    from = parent;
  }
  return ['plain', call];
}

function idOf(file: string, call: ts.CallExpression): string {
  return `${file} ${nameOf(call)} ${codesOf(call).join('|') || CHOSEN}`;
}

function codesOf(call: ts.CallExpression): readonly string[] {
  const found: string[] = [];
  const find = (node: ts.Node): void => {
    if (ts.isStringLiteral(node)) found.push(node.text);
    else if (ts.isConditionalExpression(node)) [node.whenTrue, node.whenFalse].forEach(find);
  };
  if (call.arguments[0] !== undefined) find(call.arguments[0]);
  return found;
}

/** The function that the rule stands in, or the decider. */
function nameOf(node: ts.Node): string {
  for (let at = node.parent; !ts.isSourceFile(at); at = at.parent) {
    if (ts.isVariableDeclaration(at) && !ts.isSourceFile(at.parent.parent.parent)) continue;
    if (ts.isFunctionDeclaration(at) || ts.isMethodDeclaration(at) || ts.isVariableDeclaration(at)) {
      if (at.name !== undefined && ts.isIdentifier(at.name)) return at.name.text;
    }
  }
  throw new Error('a rule stands in no function');
}
