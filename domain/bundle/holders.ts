import type { Bundle, HolderRole } from './types'

/** 查不到时的说法：brought 是本件要带来的人或企业，办成之前还没有号码；nameless 是本来就有、但这次不知道号码的。 */
const words = {
  ward: { brought: '孩子还没有身份证号', nameless: '没有孩子的身份证号' },
  company: { brought: '企业还没有登记', nameless: '没有企业的统一社会信用代码' }
}

/**
 * 为什么此刻查不到这位持有人名下的证照与共享数据；查得到为 null。两者都凭证件号查：新生儿落户才有身份证号，新设企业领了执照才有
 * 统一社会信用代码，在那以前谁也查不到。配偶与法定代表人不在此列，按同意规则走。
 * @param known 已知证件号的持有人；undefined 为没有登录、还不知道，只看本件带来谁
 */
export function whyUnknown(
  bundle: Pick<Bundle, 'ward' | 'company'>, holder: HolderRole, known: readonly HolderRole[] | undefined
): string | null {
  if (holder !== 'ward' && holder !== 'company') return null
  const isBrought = bundle[holder] !== undefined
  // 代表哪家企业来办都一样：新设的不是那一家。
  const isFounded = holder === 'company' && isBrought
  const isKnown = known ? known.includes(holder) : !isBrought
  return isKnown && !isFounded ? null : words[holder][isBrought ? 'brought' : 'nameless']
}
