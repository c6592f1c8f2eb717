// One storage account: no keys, no public blobs, TLS 1.2.

@description('The account\'s name, 3 to 24 lower-case letters and digits.')
@minLength(3)
@maxLength(24)
param name string

@description('Azure\'s name of the region.')
param location string

@description('Tags of every resource.')
param tags object

@description('The containers.')
param containers array

@description('Whether the account answers in its virtual network alone.')
param privateOnly bool

@description('How many copies are kept where.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GRS'])
param sku string = 'Standard_LRS'

resource account 'Microsoft.Storage/storageAccounts@2024-01-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    name: sku
  }
  properties: {
    accessTier: 'Hot'
    allowBlobPublicAccess: false
    allowCrossTenantReplication: false
    allowSharedKeyAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: privateOnly ? 'Disabled' : 'Enabled'
    networkAcls: {
      bypass: 'AzureServices'
      defaultAction: privateOnly ? 'Deny' : 'Allow'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2024-01-01' = {
  parent: account
  name: 'default'
}

resource container 'Microsoft.Storage/storageAccounts/blobServices/containers@2024-01-01' = [for containerName in containers: {
  parent: blobs
  name: containerName
  properties: {
    publicAccess: 'None'
  }
}]

@description('The account\'s name.')
output name string = account.name

@description('The account\'s resource id.')
output id string = account.id

@description('The address of the blob service.')
output blobEndpoint string = account.properties.primaryEndpoints.blob

@description('The address of the queue service.')
output queueEndpoint string = account.properties.primaryEndpoints.queue

@description('The address of the table service.')
output tableEndpoint string = account.properties.primaryEndpoints.table
