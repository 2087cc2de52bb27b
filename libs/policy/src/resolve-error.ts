import { assertNever, err, type LocalDate, type RegionCode } from '@dual-random/kernel'
import { keyLabel, type PolicyKey } from './keys.ts'

type ResolveFault =
  | { readonly code: 'region-unbound'; readonly regionCode: RegionCode; readonly at: LocalDate }
  | { readonly code: 'binding-ambiguous'; readonly regionCode: RegionCode; readonly at: LocalDate }
  | { readonly code: 'preset-missing'; readonly preset: string; readonly at: LocalDate }
  | { readonly code: 'preset-cycle'; readonly preset: string }
  | { readonly code: 'preset-not-inherited'; readonly regionCode: RegionCode; readonly preset: string; readonly superior: string }
  | { readonly code: 'draft-not-approved'; readonly preset: string; readonly regionCode: RegionCode }
  | { readonly code: 'override-not-allowed'; readonly key: PolicyKey; readonly preset: string }
  | { readonly code: 'document-conflict'; readonly document: string; readonly preset: string }

/** Why a region has no policy at a date. */
export type ResolveError = ResolveFault & { readonly message: string }

export const refusal = (fault: ResolveFault): { readonly ok: false; readonly error: ResolveError } =>
  err({ ...fault, message: messageOf(fault) })

function messageOf(fault: ResolveFault): string {
  switch (fault.code) {
    case 'region-unbound':
      return `地区 ${fault.regionCode} 及其上级在 ${fault.at} 未绑定任何策略预设`
    case 'binding-ambiguous':
      return `地区 ${fault.regionCode} 在 ${fault.at} 绑定了不止一个策略预设`
    case 'preset-missing':
      return `预设 ${fault.preset} 没有在 ${fault.at} 有效的版本`
    case 'preset-cycle':
      return `预设 ${fault.preset} 的继承成环`
    case 'preset-not-inherited':
      return `地区 ${fault.regionCode} 的预设 ${fault.preset} 未继承上级的预设 ${fault.superior}`
    case 'draft-not-approved':
      return `预设 ${fault.preset} 为征求意见稿：绑定地区 ${fault.regionCode} 的生产环境须先记录批准`
    case 'override-not-allowed':
      return `策略键 ${keyLabel(fault.key)} 不允许下级或本地改写（${fault.preset}）`
    case 'document-conflict':
      return `来源文件 ${fault.document} 在 ${fault.preset} 中与已有的同号文件不一致`
    default:
      return assertNever(fault)
  }
}
