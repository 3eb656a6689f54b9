/** Passkeys: the browser speaks in bytes, the server in base64url; both ways. */

type Json = { [key: string]: unknown };

export function toBytes(text: string): ArrayBuffer {
  const plain = atob(text.replace(/-/g, "+").replace(/_/g, "/"));
  return Uint8Array.from(plain, (letter) => letter.charCodeAt(0)).buffer;
}

export function toText(bytes: ArrayBuffer): string {
  const plain = String.fromCharCode(...new Uint8Array(bytes));
  return btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}

function withBytes(list: unknown): PublicKeyCredentialDescriptor[] {
  const known = (list ?? []) as { id: string; type: "public-key" }[];
  return known.map((one) => ({ ...one, id: toBytes(one.id) }));
}

/** A key that the phone keeps and guards by finger, face or screen lock. */
export async function createPasskey(options: Json): Promise<Json> {
  const user = options.user as { id: string; name: string; displayName: string };
  const made = await navigator.credentials.create({
    publicKey: {
      ...(options as unknown as PublicKeyCredentialCreationOptions),
      challenge: toBytes(options.challenge as string),
      user: { ...user, id: toBytes(user.id) },
      excludeCredentials: withBytes(options.excludeCredentials),
      authenticatorSelection: {
        residentKey: "required",
        requireResidentKey: true,
        userVerification: "required",
      },
    },
  });
  return told(made as PublicKeyCredential);
}

/** Sign with a key this device, or a phone beside it, already has. */
export async function usePasskey(options: Json): Promise<Json> {
  const used = await navigator.credentials.get({
    publicKey: {
      ...(options as unknown as PublicKeyCredentialRequestOptions),
      challenge: toBytes(options.challenge as string),
      allowCredentials: withBytes(options.allowCredentials),
    },
  });
  return told(used as PublicKeyCredential);
}

const PARTS = ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"];

function told(credential: PublicKeyCredential): Json {
  const answer = credential.response as unknown as Record<string, ArrayBuffer | null | undefined>;
  const response: Json = {};
  for (const part of PARTS) {
    const bytes = answer[part];
    if (bytes) response[part] = toText(bytes);
  }
  return {
    id: credential.id,
    rawId: toText(credential.rawId),
    type: credential.type,
    authenticatorAttachment: credential.authenticatorAttachment,
    clientExtensionResults: credential.getClientExtensionResults(),
    response,
  };
}
