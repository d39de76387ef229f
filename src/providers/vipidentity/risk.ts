import { checkAll } from '../../check-all.js';
import type { Invoke } from './invoke.js';
import type { CallOptions, KeyValue, RiskEvaluation } from './model.js';
import { pairElements } from './proof.js';
import { checkTexts, RULES } from './rules.js';
import { riskAnswer, riskFeedbackAnswer } from './wire.js';

export interface SignIn {
  readonly userId: string;
  /** IPv4. */
  readonly ipAddress: string;
  readonly userAgent: string;
  /** IAAuthData: what the provider's script says of the device. */
  readonly deviceFingerprint?: string | null | undefined;
  readonly attributes: readonly KeyValue[];
}

export interface RiskVerdict {
  readonly userId: string;
  readonly eventId: string;
  /** How the user was challenged. */
  readonly verifyMethod?: string | null | undefined;
  readonly attributes: readonly KeyValue[];
}

export interface RiskDenial extends RiskVerdict {
  readonly deviceFingerprint?: string | null | undefined;
  readonly rememberDevice?: boolean | null | undefined;
  readonly friendlyName?: string | null | undefined;
}

/** Risk of a sign-in (dossier sections 2.3.7 and 3.17). Element names start with a capital here. */
export interface RiskOperations {
  evaluateRisk(signIn: SignIn, options?: CallOptions): Promise<RiskEvaluation>;
  /** The challenge failed: it was fraud. */
  confirmRisk(verdict: RiskVerdict, options?: CallOptions): Promise<readonly KeyValue[]>;
  /** The challenge succeeded: it was no fraud. */
  denyRisk(denial: RiskDenial, options?: CallOptions): Promise<readonly KeyValue[]>;
}

export function riskOperations(invoke: Invoke): RiskOperations {
  return {
    async evaluateRisk({ userId, ipAddress, userAgent, deviceFingerprint, attributes }, options = {}) {
      const [, pairs] = checkAll([
        () =>
          checkTexts(
            ['userId', userId, RULES.userId],
            ['ipAddress', ipAddress, RULES.ip],
            ['userAgent', userAgent, RULES.userAgent],
            ['deviceFingerprint', deviceFingerprint, RULES.deviceFingerprint],
          ),
        () => pairElements('attributes', attributes),
      ]);
      const request = {
        UserId: userId,
        Ip: ipAddress,
        UserAgent: userAgent,
        IAAuthData: deviceFingerprint,
        KeyValuePairs: pairs,
      };
      const answer = await invoke('evaluateRisk', request, riskAnswer, options);
      return {
        status: answer.status,
        isRisky: answer.status !== '0000' || answer.Risky !== false,
        score: answer.RiskScore,
        threshold: answer.RiskThreshold,
        reason: answer.RiskReason,
        policyVersion: answer.PolicyVersion,
        eventId: answer.EventId,
        attributes: answer.KeyValuePairs,
      };
    },
    async confirmRisk(verdict, options = {}) {
      const [elements, pairs] = checkAll([
        () => verdictElements(verdict),
        () => pairElements('attributes', verdict.attributes),
      ]);
      const request = { ...elements, KeyValuePairs: pairs };
      return (await invoke('confirmRisk', request, riskFeedbackAnswer, options)).KeyValuePairs;
    },
    async denyRisk(denial, options = {}) {
      const { deviceFingerprint, rememberDevice, friendlyName, attributes } = denial;
      const [elements, , pairs] = checkAll([
        () => verdictElements(denial),
        () =>
          checkTexts(
            ['deviceFingerprint', deviceFingerprint, RULES.deviceFingerprint],
            ['friendlyName', friendlyName, RULES.friendlyName],
          ),
        () => pairElements('attributes', attributes),
      ]);
      const request = {
        ...elements,
        IAAuthData: deviceFingerprint,
        RememberDevice: rememberDevice,
        FriendlyName: friendlyName,
        KeyValuePairs: pairs,
      };
      return (await invoke('denyRisk', request, riskFeedbackAnswer, options)).KeyValuePairs;
    },
  };
}

function verdictElements({ userId, eventId, verifyMethod }: RiskVerdict): object {
  checkTexts(
    ['userId', userId, RULES.userId],
    ['eventId', eventId, RULES.eventId],
    ['verifyMethod', verifyMethod, RULES.verifyMethod],
  );
  return { UserId: userId, EventId: eventId, VerifyMethod: verifyMethod };
}
