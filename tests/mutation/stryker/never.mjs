// What only a bug can reach is not tested: the default of a switch that names every member of its union, and the text of an error that no
// input leads to. The compiler holds the first; whoever meets the second reads it in a stack trace.
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin'

/** `default: return assertNever(…)`, or `default: return … satisfies never`. */
const isNever = ({ node }) =>
  node.type === 'SwitchCase' &&
  node.test === null &&
  node.consequent.length === 1 &&
  node.consequent[0].type === 'ReturnStatement' &&
  isOfNever(node.consequent[0].argument)

const isOfNever = (value) =>
  (value?.type === 'CallExpression' && value.callee.name === 'assertNever') ||
  (value?.type === 'TSSatisfiesExpression' && value.typeAnnotation.type === 'TSNeverKeyword')

/** The text in `throw new Error(…)`. */
const isBugText = ({ node, parentPath }) =>
  (node.type === 'StringLiteral' || node.type === 'TemplateLiteral') &&
  parentPath?.node.type === 'NewExpression' &&
  parentPath.node.callee.name === 'Error' &&
  parentPath.parentPath?.node.type === 'ThrowStatement'

const ignorer = {
  shouldIgnore(path) {
    if (isNever(path)) return 'no value of the type gets here'
    return isBugText(path) ? 'text of a bug' : undefined
  },
}

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'never', ignorer)]
