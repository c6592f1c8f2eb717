// Secrets by reference. Access is by role alone; there are no access policies.

@description('Azure\'s name of the region.')
param location string

@description('Tags of every resource.')
param tags object

@description('What makes names unique.')
param token string

@description('Whether the vault answers in its virtual network alone.')
param privateOnly bool

@description('Object id of the control app\'s identity.')
param controlPrincipalId string

resource vault 'Microsoft.KeyVault/vaults@2024-11-01' = {
  name: 'kv-${token}'
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    enableRbacAuthorization: true
    enableSoftDelete: true
    softDeleteRetentionInDays: 7
    publicNetworkAccess: privateOnly ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: privateOnly ? 'Deny' : 'Allow'
    }
  }
}

// Key Vault Secrets User: to read the secrets that jobs name.
resource controlReads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, controlPrincipalId, '4633458b-17de-408a-b874-0445c86b69e6')
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '4633458b-17de-408a-b874-0445c86b69e6') // Key Vault Secrets User
    principalId: controlPrincipalId
    principalType: 'ServicePrincipal'
  }
}

@description('The vault\'s resource id.')
output id string = vault.id

@description('The vault\'s address.')
output uri string = vault.properties.vaultUri
