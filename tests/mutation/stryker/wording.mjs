// What the code says to people is judged by people: a test that repeats a sentence proves nothing about a rule. So a text with Chinese
// characters is left as it is where it stands as wording; codes, keys and all other texts are changed like any string.
import { declareValuePlugin, PluginKind } from '@stryker-mutator/api/plugin'

/** Members, constants and functions whose value is wording. */
const names = new Set(['message', 'reason', 'label', 'lack', 'ask', 'action', 'title', 'zh', 'error', 'messageOf'])
/** Functions that are handed wording, and which of their arguments it is. */
const argumentOf = new Map([
  ['key', 0],
  ['aliasedKey', 0],
  ['fault', 1],
  ['at', 1],
  ['fileError', 1],
])
const carriers = new Set(['ConditionalExpression', 'LogicalExpression', 'BinaryExpression', 'TemplateLiteral'])
const isChinese = (text) => /\p{Script=Han}/u.test(text)

function hasChinese({ node }) {
  if (node.type === 'StringLiteral') return isChinese(node.value)
  return node.type === 'TemplateLiteral' && node.quasis.some(({ value }) => isChinese(value.raw))
}

/** Whether an expression becomes the value of something that holds wording. */
function isWording(path) {
  let from = path
  let to = path.parentPath
  while (to !== null && carriers.has(to.node.type)) [from, to] = [to, to.parentPath]
  switch (to?.node.type) {
    case 'ObjectProperty':
      return names.has(to.node.key.name)
    case 'VariableDeclarator':
      return names.has(to.node.id.name)
    case 'ReturnStatement':
      return names.has(to.getFunctionParent()?.node.id?.name)
    case 'CallExpression':
      return argumentOf.has(to.node.callee.name) && to.node.arguments.indexOf(from.node) === argumentOf.get(to.node.callee.name)
    default:
      return false
  }
}

const ignorer = { shouldIgnore: (path) => (hasChinese(path) && isWording(path) ? 'wording for people' : undefined) }

export const strykerPlugins = [declareValuePlugin(PluginKind.Ignore, 'wording', ignorer)]
