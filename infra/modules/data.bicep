// The data of the environment: artifacts and documents. The apps' own storage (packages, locks, workflow histories) is elsewhere, in accounts of their own.

@description('Azure\'s name of the region.')
param location string

@description('Tags of every resource.')
param tags object

@description('What makes names unique.')
param token string

@description('The container of all artifacts.')
param artifactContainer string

@description('The container in which files are dropped that triggers look at.')
param dropContainer string

@description('Whether the account answers in its virtual network alone.')
param privateOnly bool

@description('How many copies are kept where.')
param sku string

@description('Object id of the control app\'s identity.')
param controlPrincipalId string

@description('Object id of the inference app\'s identity.')
param inferencePrincipalId string

module account 'storage-account.bicep' = {
  name: 'data-account'
  params: {
    name: 'stdata${token}'
    location: location
    tags: tags
    containers: [artifactContainer, dropContainer]
    privateOnly: privateOnly
    sku: sku
  }
}

resource data 'Microsoft.Storage/storageAccounts@2024-01-01' existing = {
  name: 'stdata${token}'
}

resource tables 'Microsoft.Storage/storageAccounts/tableServices@2024-01-01' = {
  parent: data
  name: 'default'
  dependsOn: [account]
}

resource documents 'Microsoft.Storage/storageAccounts/tableServices/tables@2024-01-01' = {
  parent: tables
  name: 'documents'
}

resource artifacts 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' existing = {
  name: 'stdata${token}/default/${artifactContainer}'
}

// Storage Blob Data Contributor on the account: files, and keys for short-lived addresses, which only the account gives.
resource controlBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(data.id, controlPrincipalId, 'ba92f5b4-2d11-453d-a403-e96b0029c9fe')
  scope: data
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', 'ba92f5b4-2d11-453d-a403-e96b0029c9fe') // Storage Blob Data Contributor
    principalId: controlPrincipalId
    principalType: 'ServicePrincipal'
  }
  dependsOn: [account]
}

// Storage Table Data Contributor: documents.
resource controlTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(data.id, controlPrincipalId, '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3')
  scope: data
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3') // Storage Table Data Contributor
    principalId: controlPrincipalId
    principalType: 'ServicePrincipal'
  }
  dependsOn: [account]
}

// Storage Blob Data Reader on the artifacts: models.
resource inferenceBlobs 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(artifacts.id, inferencePrincipalId, '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1')
  scope: artifacts
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1') // Storage Blob Data Reader
    principalId: inferencePrincipalId
    principalType: 'ServicePrincipal'
  }
  dependsOn: [account]
}

// Storage Table Data Reader: which model an endpoint serves.
resource inferenceTables 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(data.id, inferencePrincipalId, '76199698-9eea-4c19-bc75-cec21354c6b6')
  scope: data
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '76199698-9eea-4c19-bc75-cec21354c6b6') // Storage Table Data Reader
    principalId: inferencePrincipalId
    principalType: 'ServicePrincipal'
  }
  dependsOn: [account]
}

@description('The account\'s name.')
output name string = account.outputs.name

@description('The account\'s resource id.')
output id string = account.outputs.id

@description('The address of the blob service.')
output blobEndpoint string = account.outputs.blobEndpoint

@description('The address of the table service.')
output tableEndpoint string = account.outputs.tableEndpoint
