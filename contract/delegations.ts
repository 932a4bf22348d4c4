import { Type, type Static } from 'typebox'
import { Day, Id, Instant, Nullable, Slug } from './wire'

const closed = { additionalProperties: false }
/**
 * 授权经办（glossary：delegation）：本人授权亲友代办（proxy），或法定代表人授权企业经办人（operator）。
 * 先由授权人开出一份（offered，10 分钟内有效的授权码），代办人在自己的手机上接受才生效（active）；任何一方随时可以收回、放弃。
 */
export const DelegationStatus = Type.Enum(['offered', 'active', 'revoked', 'resigned', 'expired', 'lapsed'])
export type DelegationStatus = Static<typeof DelegationStatus>

/** 授权到哪些事：可亮码的场景、可办的一件事。两样至少选一样。 */
export const DelegationScope = Type.Object(
  { scenes: Type.Array(Slug, { maxItems: 60, uniqueItems: true }), bundles: Type.Array(Slug, { maxItems: 60, uniqueItems: true }) },
  closed
)
export type DelegationScope = Static<typeof DelegationScope>

/** 两边看到的是同一份，只有 side 与能做的动作各不相同。maskedDelegateName 是代办人打码的姓名；还没人接受时为 null。 */
export const Delegation = Type.Object(
  {
    id: Id,
    /** 授权编号：念得出来的十二位数字，四位一组（domain/identifier/delegation-number.ts）；核码端看到的是同一个。 */
    number: Type.String(),
    role: Type.Enum(['proxy', 'operator']),
    /** 问的人在哪一边：授权出去的，还是授权给他的。 */
    side: Type.Enum(['given', 'received']),
    /** 代表谁：打码的姓名或企业名称。 */
    shownSubjectName: Type.String(),
    maskedDelegateName: Nullable(Type.String()),
    scope: DelegationScope,
    /** 能亮码的场景叫什么；授权以后改成要本人到场的，不在里面。 */
    sceneNames: Type.Array(Type.String()),
    bundleNames: Type.Array(Type.String()),
    status: DelegationStatus,
    offeredAt: Instant,
    /** 生效到哪一刻（当天 24:00，北京时间）。 */
    until: Instant,
    acceptedAt: Nullable(Instant),
    endedAt: Nullable(Instant),
    allowedActions: Type.Array(Type.Enum(['revoke', 'resign']))
  },
  closed
)
export type Delegation = Static<typeof Delegation>
/** given：我授权出去的（代表企业时是企业的）；received：授权给我的。 */
export const DelegationList = Type.Object({ given: Type.Array(Delegation), received: Type.Array(Delegation) }, closed)
export type DelegationList = Static<typeof DelegationList>

/** POST /delegations（要再确认一次是本人）。until 是最后一天，最长一年；老人在社工协助下的一次性授权用当天。 */
export const OfferDelegation = Type.Object({ scope: DelegationScope, until: Day }, closed)
export type OfferDelegation = Static<typeof OfferDelegation>
/** code：八位授权码，读给对方听、或画成二维码（href）让对方扫；只在这一次答复里给，服务端只存散列。 */
export const OfferedDelegation = Type.Object(
  { delegation: Delegation, code: Type.String(), href: Type.String(), expiresAt: Instant },
  closed
)
export type OfferedDelegation = Static<typeof OfferedDelegation>

/** 授权码：去掉易混字母的 Crockford Base32，八位；输入时不分大小写，空格与短横线不计。 */
const OfferCode = Type.String({ minLength: 8, maxLength: 12 })
/** POST /delegations/offers/lookup：接受之前看清是谁、做什么、到哪天。码不对、过期、用过都是 gone，说法一样。 */
export const LookUpOffer = Type.Object({ code: OfferCode }, closed)
/** POST /delegations/offers/accept → Delegation；自己授权给自己是 forbidden。 */
export const AcceptOffer = Type.Object({ code: OfferCode }, closed)
export const EndDelegation = Type.Object({ action: Type.Enum(['revoke', 'resign']) }, closed)
