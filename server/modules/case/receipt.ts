import { createHash, createPublicKey, verify, type KeyObject } from 'node:crypto'
import canonicalize from 'canonicalize'
import type { Receipt, ReceiptCheck } from '../../../contract/receipts'
import { maskName } from '../../../domain/identifier/mask'
import { hrefOfReceipt } from '../../../domain/submission/receipt-address'
import type { Acting, Deps } from '../../deps'
import { Refusal } from '../../errors'
import { readSubject } from '../identity/subjects'
import { recordTrace } from '../trace/service'
import { mayAct } from './respond'
import { matterOf, readSubmissionSet, type WorkingSet } from './working-set'

/** The whole receipt, for its owner only: what was signed word by word, and what anybody needs to verify it without us. */
export async function readReceipt(deps: Deps, acting: Acting, submissionId: string): Promise<Receipt> {
  const set = await readSubmissionSet(deps.pool, deps, { id: submissionId })
  if (!set || !mayAct(acting, set)) throw new Refusal('not_found')
  const { submission } = set
  await recordTrace(deps.pool, deps, {
    subjectId: submission.subjectId,
    actor: '本人',
    actorKind: acting.role === 'self' ? 'self' : 'proxy',
    action: 'export',
    purpose: '下载提交回执',
    fields: ['提交时签名的全部内容']
  })
  return {
    code: submission.receiptCode,
    content: submission.content,
    ...proof(deps, set),
    signedAt: new Date(submission.submittedAt).toISOString(),
    verifyUrl: `${deps.config.publicOrigin}${hrefOfReceipt(submission.receiptCode)}`,
    note: '签名算法 Ed25519，签在 content 按 RFC 8785 规范化后的 UTF-8 字节上。'
  }
}

/** Whether a receipt is genuine, for anybody who has its code: nothing personal beyond the masked name. Errors: not_found. */
export async function checkReceipt(deps: Deps, code: string): Promise<ReceiptCheck> {
  const set = await readSubmissionSet(deps.pool, deps, { receiptCode: code })
  if (!set) throw new Refusal('not_found', { detail: '没有这份回执，请核对编号' })
  const { submission, bundle, cases } = set
  const applicant = await readSubject(deps.pool, deps, submission.subjectId)
  return {
    verdict: holds(deps, set) ? 'genuine' : 'tampered',
    bundleName: bundle.fullName,
    submittedAt: new Date(submission.submittedAt).toISOString(),
    matterNames: cases.map((each) => matterOf(bundle, each).name),
    maskedApplicantName: applicant.kind === 'legal_person' ? applicant.name : maskName(applicant.name),
    ...proof(deps, set)
  }
}

function proof(deps: Deps, { submission }: WorkingSet): Pick<ReceiptCheck, 'contentHash' | 'signature' | 'keyId' | 'publicKeyJwk'> {
  const { contentHash, signature, keyId } = submission
  return {
    contentHash: contentHash.toString('hex'),
    signature: signature.toString('base64url'),
    keyId,
    publicKeyJwk: publicKey(deps, keyId).export({ format: 'jwk' })
  }
}

function holds(deps: Deps, { submission }: WorkingSet): boolean {
  const canonical = Buffer.from(canonicalize(submission.content) ?? '')
  const hash = createHash('sha256').update(canonical).digest()
  return hash.equals(submission.contentHash) && verify(null, canonical, publicKey(deps, submission.keyId), submission.signature)
}

function publicKey({ keys }: Deps, keyId: string): KeyObject {
  if (keyId !== keys.platformSigning.keyId) throw new Error(`receipt key ${keyId} is not at hand`)
  return createPublicKey(keys.platformSigning.privateKey)
}
